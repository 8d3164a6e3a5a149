import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { StartRefusal } from '../start-refusal.ts';
import { findOccupants, type Occupant } from './process-life.ts';

/**
 * Ends a postmaster that an earlier Goalpost left behind, and waits until it and its children are
 * gone.
 *
 * Call it while holding the folder's lock: whoever runs there then belongs to nobody. A file
 * left by a dead postmaster stays, because PostgreSQL reads in it whether its memory is still
 * held; only the process id in it, which may by now be a zombie's or a stranger's, is replaced by
 * our own, which PostgreSQL knows to be no rival of its own parent.
 */
export async function clearOldPostmaster(options: { cluster: string; patienceMs: number }): Promise<'none' | 'ended'> {
  const { cluster, patienceMs } = options;
  const find = (): Occupant[] => findOccupants(cluster, readPostmasterPid(cluster));
  const found = find();
  // Only the postmaster is told to end: its children end with it, and read signals otherwise.
  for (const { pid, startedWithIt } of found) if (startedWithIt) signal(pid, 'SIGINT');
  const startedAt = performance.now();
  let insisted = false;
  for (let left = found; left.length > 0; left = find()) {
    const waitedMs = performance.now() - startedAt;
    if (waitedMs > patienceMs) {
      const pids = left.map(({ pid }) => pid).join(', ');
      throw new StartRefusal(
        `An old PostgreSQL (${pids}) still runs in ${cluster} and does not end. End it, then start again.`,
      );
    }
    if (!insisted && waitedMs > patienceMs / 2) {
      insisted = true;
      for (const { pid } of left) signal(pid, 'SIGQUIT');
    }
    await sleep(30);
  }
  disownPid(path.join(cluster, 'postmaster.pid'));
  return found.length > 0 ? 'ended' : 'none';
}

/** The process id in the cluster's `postmaster.pid`, or null when there is none. */
function readPostmasterPid(cluster: string): number | null {
  const pid = Number(readLines(cluster)[0]);
  return Number.isInteger(pid) && pid > 0 ? pid : null;
}

/** Whether the postmaster with this id says that it takes connections. */
export function saysReady(cluster: string, pid: number): boolean {
  const lines = readLines(cluster);
  return Number(lines[0]) === pid && lines[7]?.trim() === 'ready';
}

function readLines(cluster: string): string[] {
  try {
    return readFileSync(path.join(cluster, 'postmaster.pid'), 'utf8').split('\n');
  } catch {
    return [];
  }
}

function disownPid(file: string): void {
  if (!existsSync(file)) return;
  const [, ...rest] = readFileSync(file, 'utf8').split('\n');
  writeFileSync(file, [process.pid, ...rest].join('\n'));
}

function signal(pid: number, name: 'SIGINT' | 'SIGQUIT'): void {
  try {
    process.kill(pid, name);
  } catch {
    // It is gone already, which is what was wanted.
  }
}
