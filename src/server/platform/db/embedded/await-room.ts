import { statfs } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';

/** PostgreSQL takes its log of changes in pieces of 16 MB; without room for one it ends, and cannot start. */
const NEEDED_BYTES = 24 * 1024 ** 2;

/** How often the log is told that the disk is still full. */
const REMIND_MS = 60_000;

type Say = { error(fields: Record<string, unknown>, text: string): void };

/**
 * Returns when the folder's disk has room for PostgreSQL to run, at once when it has; says what it waits for.
 *
 * A full disk passes when somebody makes room, and nothing that was committed is lost meanwhile: there is no reason
 * to end, and to be started again and again by whoever watches over us.
 */
export async function awaitRoom(options: { folder: string; log: Say; ended: () => boolean }): Promise<void> {
  let toldAt = -Infinity;
  while (!options.ended()) {
    const freeBytes = await readFreeBytes(options.folder);
    if (freeBytes >= NEEDED_BYTES) return;
    if (performance.now() - toldAt > REMIND_MS) {
      toldAt = performance.now();
      tell(options, freeBytes, 'the database waits until there is room and then goes on by itself');
    }
    await sleep(1_000);
  }
}

/** Tells the log, once a minute, when the disk is about to be too full to work on. Returns what ends it. */
export function watchRoom(options: { folder: string; log: Say }): () => void {
  const look = async (): Promise<void> => {
    const freeBytes = await readFreeBytes(options.folder);
    if (freeBytes < NEEDED_BYTES) tell(options, freeBytes, 'nothing new can be kept until somebody makes room');
  };
  const timer = setInterval(() => void look(), REMIND_MS);
  timer.unref();
  return () => clearInterval(timer);
}

function tell({ folder, log }: { folder: string; log: Say }, freeBytes: number, consequence: string): void {
  log.error({ folder, freeMb: Math.floor(freeBytes / 1024 ** 2) }, `the disk is full: ${consequence}`);
}

async function readFreeBytes(folder: string): Promise<number> {
  // A folder that cannot be asked is no reason to wait.
  const { bavail, bsize } = await statfs(folder).catch(() => ({ bavail: NEEDED_BYTES, bsize: 1 }));
  return bavail * bsize;
}
