import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';

const folder = import.meta.dirname;
const stamp = path.join(folder, 'node_modules', '.installed');
// Not inside node_modules, which an installation begins by removing.
const lock = path.join(
  tmpdir(),
  `goalpost-installs-bluesky-${createHash('sha256').update(folder).digest('hex').slice(0, 12)}`,
);
const run = promisify(execFile);

/** Whether the servers are on this machine, exactly as the lock file says. */
export function isBlueskyInstalled(): boolean {
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === lockHash();
}

/** Installs the servers (638 packages, 479 MB, half a minute) where they are missing; does nothing where they are not. */
export async function installBluesky(onProgress: (step: string) => void = () => undefined): Promise<void> {
  while (!isBlueskyInstalled()) {
    if (!takeLock()) {
      // Another test file got here first.
      await sleep(500);
      continue;
    }
    try {
      await install(onProgress);
    } finally {
      rmSync(lock, { force: true });
    }
  }
}

async function install(onProgress: (step: string) => void): Promise<void> {
  onProgress("installing Bluesky's servers, 479 MB, once");
  // npm runs under our own Node: an older one on the PATH would be refused by the packages.
  // What an npm above us set for its own project must not lead this one there.
  const inherited = Object.entries(process.env).filter(([name]) => !/^npm_/i.test(name));
  const env = {
    ...Object.fromEntries(inherited),
    PATH: `${path.dirname(process.execPath)}${path.delimiter}${process.env['PATH'] ?? ''}`,
  };
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  await run(npm, ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], { cwd: folder, env, maxBuffer: 2 ** 24 });
  writeFileSync(stamp, lockHash());
}

/** Whether it is now on us to install. A lock whose holder is gone is taken away for the next try. */
function takeLock(): boolean {
  try {
    writeFileSync(lock, String(process.pid), { flag: 'wx' });
    return true;
  } catch {
    if (!isAlive(readHolder())) rmSync(lock, { force: true });
    return false;
  }
}

function readHolder(): number {
  try {
    // Between making the file and writing into it, its holder is not known yet: ourselves will do.
    return Number(readFileSync(lock, 'utf8')) || process.pid;
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

function lockHash(): string {
  return createHash('sha256')
    .update(readFileSync(path.join(folder, 'package-lock.json')))
    .digest('hex');
}
