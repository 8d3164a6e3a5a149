import { rmSync } from 'node:fs';
import { readdir, rm, stat } from 'node:fs/promises';
import path from 'node:path';

/** A draft in which nothing was written for so long is no longer being made, on another machine either. */
const LEFT_MS = 60 * 60_000;

/** Drafts that this process is writing. */
const open = new Set<string>();
const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** What an archive is called until it is whole. */
export const nameDraft = (file: string): string =>
  path.join(path.dirname(file), `.${path.basename(file)}.${process.pid}.part`);

/** Sees to it that a draft does not stay behind when the process is ended; `release` when it is kept or gone. */
export function holdDraft(draft: string): { release: () => void } {
  if (open.size === 0) for (const signal of signals) process.on(signal, dropAll);
  open.add(draft);
  return {
    release() {
      if (open.delete(draft) && open.size === 0) for (const signal of signals) process.off(signal, dropAll);
    },
  };
}

/** Where nobody else sees to the end of the process, it ends as it would without this. */
function dropAll(signal: NodeJS.Signals): void {
  if (process.listenerCount(signal) > 1) return;
  for (const draft of open) rmSync(draft, { force: true });
  process.off(signal, dropAll);
  process.kill(process.pid, signal);
}

/** Removes drafts of Goalpost's own backups that a process left in a folder when it was killed. */
export async function sweepDrafts(folder: string, now = Date.now()): Promise<void> {
  for (const name of await readdir(folder).catch(() => [])) {
    const [, pid] = /^\.(?:goalpost|before-restore)-.*\.tar\.(\d+)\.part$/.exec(name) ?? [];
    const draft = path.join(folder, name);
    if (pid === undefined || open.has(draft) || (Number(pid) !== process.pid && isAlive(Number(pid)))) continue;
    const found = await stat(draft).catch(() => null);
    if (found && now - found.mtimeMs > LEFT_MS) await rm(draft, { force: true }).catch(() => undefined);
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
