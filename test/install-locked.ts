import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Whether the packages of a folder are on this machine, exactly as its lock file says. */
export function isInstalled(folder: string): boolean {
  const stamp = stampOf(folder);
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === hashLock(folder);
}

/** Installs the packages of a folder that has a lock file of its own; does nothing where they are. */
export async function installLocked(folder: string, onStart: () => void = () => undefined): Promise<void> {
  // Not inside node_modules, which an installation begins by removing.
  const door = path.join(
    tmpdir(),
    `goalpost-installs-${createHash('sha256').update(folder).digest('hex').slice(0, 12)}`,
  );
  while (!isInstalled(folder)) {
    if (!takeDoor(door)) {
      // Another process got here first.
      await sleep(500);
      continue;
    }
    try {
      onStart();
      await install(folder);
    } finally {
      rmSync(door, { force: true });
    }
  }
}

async function install(folder: string): Promise<void> {
  // npm runs under our own Node: an older one on the PATH would be refused by the packages.
  // What an npm above us set for its own project must not lead this one there.
  const inherited = Object.entries(process.env).filter(([name]) => !/^npm_/i.test(name));
  const env = {
    ...Object.fromEntries(inherited),
    PATH: `${path.dirname(process.execPath)}${path.delimiter}${process.env['PATH'] ?? ''}`,
  };
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  await run(npm, ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], { cwd: folder, env, maxBuffer: 2 ** 24 });
  writeFileSync(stampOf(folder), hashLock(folder));
}

/** Whether it is now on us to install. A door whose holder is gone is opened for the next try. */
function takeDoor(door: string): boolean {
  try {
    writeFileSync(door, String(process.pid), { flag: 'wx' });
    return true;
  } catch {
    if (!isAlive(readHolder(door))) rmSync(door, { force: true });
    return false;
  }
}

function readHolder(door: string): number {
  try {
    // Between making the file and writing into it, its holder is not known yet: ourselves will do.
    return Number(readFileSync(door, 'utf8')) || process.pid;
  } catch {
    return process.pid;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

const stampOf = (folder: string) => path.join(folder, 'node_modules', '.installed');

const hashLock = (folder: string) =>
  createHash('sha256')
    .update(readFileSync(path.join(folder, 'package-lock.json')))
    .digest('hex');
