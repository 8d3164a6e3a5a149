import { existsSync } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { readBackupStanding } from '#server/platform/backup/index.ts';
import { findLastScheduled } from './backups/index.ts';
import type { Check, Examined, ExaminedDatabase } from './examined.ts';
import { found } from './examined.ts';

const HOUR_MS = 60 * 60_000;
/** Older than this the last backup is worth a word, where none are made by themselves. */
const OLD_MS = 7 * 24 * HOUR_MS;
/** A folder this young may be of a picture that is just being taken in. */
const YOUNG_MS = HOUR_MS;

/** Whether there is a way back: the last backup, and a file for every picture. */
export function checkBackups({ config }: Pick<Examined, 'config'>, database: ExaminedDatabase): Check[] {
  return [
    {
      check: config.backups ? 'scheduled-backup' : 'backup',
      look: async () => {
        const standing = await database.db.outside(readBackupStanding);
        const { failedAt, said, now } = standing;
        // Where the folder is another machine's, only what was noted is known.
        const isHere = config.backups !== null && existsSync(config.backups.folder);
        const last = config.backups && isHere ? await findLastScheduled(config, config.backups, standing) : standing;
        const { madeAt, place } = last ?? { madeAt: null, place: null };
        if (failedAt) return found('problem', { said: said ?? '' });
        const oldMs = config.backups ? 2 * config.backups.everyMs : OLD_MS;
        const ageMs = madeAt ? now.getTime() - madeAt.getTime() : null;
        if (ageMs === null || ageMs > oldMs) return found('warning', { hours: Math.round(oldMs / HOUR_MS) });
        const hours = Math.max(0, Math.round(ageMs / HOUR_MS));
        const { storage } = config;
        // One that is made by itself and lacks them counts as none.
        const lacksPictures = !config.backups && storage.kind === 'disk' && standing.holdsMedia === false;
        if (lacksPictures && (await database.listMedia()).length > 0)
          return found('warning', { context: 'pictures', hours, folder: storage.folder });
        return found('fine', { hours, place: place ?? '' });
      },
    },
    {
      check: 'pictures',
      look: async () => {
        const { storage } = config;
        if (storage.kind !== 'disk') return found('fine');
        const known = new Set(await database.listMedia());
        const kept = await listKept(storage.folder);
        const missing = [...known].filter((place) => !kept.has(place)).length;
        const orphans = [...kept].filter(([place, at]) => !known.has(place) && Date.now() - at > YOUNG_MS).length;
        const { folder } = storage;
        if (missing > 0) return found('problem', { count: missing, folder });
        return found(orphans > 0 ? 'warning' : 'fine', { count: orphans, folder });
      },
    },
  ];
}

const isId = (name: string): boolean => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(name);

/** Pictures that have their original on the disk, as `workspace/medium`, with when their folder was last changed. */
async function listKept(folder: string): Promise<Map<string, number>> {
  const kept = new Map<string, number>();
  for (const workspace of (await namesIn(folder)).filter(isId)) {
    for (const medium of (await namesIn(path.join(folder, workspace))).filter(isId)) {
      const original = await stat(path.join(folder, workspace, medium, 'original')).catch(() => null);
      if (original) kept.set(`${workspace}/${medium}`, original.mtimeMs);
    }
  }
  return kept;
}

const namesIn = (folder: string): Promise<string[]> =>
  readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return [];
    throw error;
  });
