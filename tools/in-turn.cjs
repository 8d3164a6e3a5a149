// Two commands started at once would empty each other's node_modules: they take turns.
// Runs on whatever Node the machine has, like run.cjs.
const { linkSync, readFileSync, renameSync, rmSync, writeFileSync } = require('node:fs');
const path = require('node:path');

// Beside node_modules, which npm empties.
const turnFile = path.join(__dirname, '..', '.installing');

/**
 * Runs work that writes into the checkout while no other command of this checkout does.
 *
 * `wait` is called again and again until the other one has ended or is found dead.
 */
async function inTurn({ work, wait }) {
  const mine = `${process.pid} ${readStart(process.pid)}`;
  for (let told = false; !takeTurn(mine); told = true) {
    if (!told) process.stdout.write('Another command is installing or building here; waiting for it…\n');
    await wait();
  }
  try {
    return await work();
  } finally {
    if (readText(turnFile) === mine) rmSync(turnFile, { force: true });
  }
}

function takeTurn(mine) {
  const draft = `${turnFile}.${process.pid}`;
  try {
    writeFileSync(draft, mine);
    linkSync(draft, turnFile);
    return true;
  } catch (error) {
    // A checkout that cannot be written to, or whose disk has no links, is installed by nobody twice at once.
    if (error.code !== 'EEXIST') return true;
    removeIfStale();
    return false;
  } finally {
    rmSync(draft, { force: true });
  }
}

function removeIfStale() {
  const text = readText(turnFile);
  const [pid, ...start] = text.split(' ');
  if (Number(pid) && isAlive(Number(pid)) && readStart(pid) === start.join(' ')) return;
  // Moved aside first: what we move may by now be the fresh turn of another, and then it goes back.
  const aside = `${turnFile}.stale-${process.pid}`;
  try {
    renameSync(turnFile, aside);
    if (readText(aside) !== text) linkSync(aside, turnFile);
  } catch {
    // Someone else was quicker.
  }
  rmSync(aside, { force: true });
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

/** When a process was started, on Linux; elsewhere empty. The same id with another start is another process. */
function readStart(pid) {
  const fields = readText(`/proc/${pid}/stat`).split(') ').pop().split(' ');
  return fields[0] === 'Z' ? 'ended' : fields[19] || '';
}

function readText(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

module.exports = { inTurn };
