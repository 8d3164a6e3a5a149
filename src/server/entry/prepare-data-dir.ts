import { mkdir, rm, statfs, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { StartRefusal } from '#server/platform/db/index.ts';

/** A first start needs about 80 MB for the database; below this it is not begun. */
const FIRST_START_MB = 150;

/** Below this a start is not worth trying: PostgreSQL reserves 16 MB at a time. */
const ANY_START_MB = 24;

/**
 * Makes the data folder where it is missing and sees that it can be written to and has room.
 *
 * Throws `StartRefusal` that names the folder, what is wrong and the setting, before anything is changed in it.
 */
export async function prepareDataDir(dataDir: string, { first }: { first: boolean }): Promise<void> {
  const probe = path.join(dataDir, `.writable-${process.pid}`);
  try {
    await mkdir(dataDir, { recursive: true, mode: 0o700 });
    await writeFile(probe, 'Goalpost looks whether it can write here.\n');
  } catch (error) {
    throw refusalOf(dataDir, error);
  } finally {
    await rm(probe, { force: true }).catch(() => undefined);
  }
  const { bavail, bsize } = await statfs(dataDir);
  const freeMb = Math.floor((bavail * bsize) / 1024 ** 2);
  const neededMb = first ? FIRST_START_MB : ANY_START_MB;
  if (freeMb < neededMb) {
    throw new StartRefusal(
      `The disk of the data folder ${dataDir} is full: ${freeMb} MB are free, Goalpost needs ${neededMb} MB to start. ` +
        'Make room, or set GOALPOST_DATA_DIR to a folder on another disk. Nothing was changed.',
    );
  }
}

function refusalOf(dataDir: string, error: unknown): StartRefusal {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const reasons: Record<string, string> = {
    EACCES: 'this user may not write to it, or not pass a folder above it',
    EPERM: 'this user may not write to it',
    EROFS: 'it is on a disk that cannot be written to',
    ENOSPC: 'the disk is full',
    EDQUOT: 'the disk quota is used up',
    ENOTDIR: 'it, or something above it, is a file and not a folder',
    EEXIST: 'there is a file of that name',
    ENOENT: 'it is a link that leads nowhere',
    ELOOP: 'its links lead in a circle',
  };
  return new StartRefusal(
    `Goalpost cannot use the data folder ${dataDir}: ${reasons[code] ?? String(error)}. ` +
      `Start it as the user who owns the folder${process.getuid ? ` (this is user ${process.getuid()})` : ''}, or set GOALPOST_DATA_DIR to another one.`,
    { cause: error },
  );
}
