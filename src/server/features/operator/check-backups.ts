import { existsSync } from 'node:fs';
import { readBackupStanding } from '#server/platform/backup/index.ts';
import { openStorageAlone, StorageAway } from '#server/platform/storage/index.ts';
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
        const last = config.backups && isHere ? await findLastScheduled(config.backups, standing) : standing;
        const { madeAt, place } = last ?? { madeAt: null, place: null };
        if (failedAt) return found('problem', { said: said ?? '' });
        const oldMs = config.backups ? 2 * config.backups.everyMs : OLD_MS;
        const ageMs = madeAt ? now.getTime() - madeAt.getTime() : null;
        if (ageMs === null || ageMs > oldMs) return found('warning', { hours: Math.round(oldMs / HOUR_MS) });
        const hours = Math.max(0, Math.round(ageMs / HOUR_MS));
        const { storage } = config;
        // One that is made by itself and lacks them counts as none.
        const lacksPictures = !config.backups && !storage.s3 && standing.holdsMedia === false;
        if (lacksPictures && (await database.listMedia()).length > 0)
          return found('warning', { context: 'pictures', hours, folder: storage.folder });
        return found('fine', { hours, place: place ?? '' });
      },
    },
    {
      check: 'pictures',
      look: async () => {
        const known = new Set(await database.listMedia());
        const kept = await listKept(config).catch((error: unknown) => {
          if (error instanceof StorageAway) return null;
          throw error;
        });
        if (!kept) return found('problem', { context: 'away' });
        const missing = [...known].filter((place) => !kept.has(place)).length;
        const orphans = [...kept].filter(([place, at]) => !known.has(place) && Date.now() - at > YOUNG_MS).length;
        const { folder, s3 } = config.storage;
        const place = s3 ? `${s3.endpoint} ${s3.bucket}` : folder;
        if (missing > 0) return found('problem', { count: missing, folder: place });
        return found(orphans > 0 ? 'warning' : 'fine', { count: orphans, folder: place });
      },
    },
  ];
}

const isId = (name: string): boolean => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(name);

/** Pictures that have their original, as `workspace/medium`, with when it was written. */
async function listKept({ storage: source }: Examined['config']): Promise<Map<string, number>> {
  const place = source.s3 ? 's3' : 'disk';
  const { storage, close } = openStorageAlone({ storage: source }, async () => ({ place, movingTo: null }));
  const kept = new Map<string, number>();
  try {
    for await (const { key, changedAt } of storage.list()) {
      const [workspace = '', medium = '', file] = key.split('/');
      if (isId(workspace) && isId(medium) && file === 'original')
        kept.set(`${workspace}/${medium}`, changedAt.getTime());
    }
  } finally {
    await close();
  }
  return kept;
}
