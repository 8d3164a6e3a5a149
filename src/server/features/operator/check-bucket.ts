import { randomUUID } from 'node:crypto';
import { openStorageAlone, readPlaces, type Storage, StorageAway } from '#server/platform/storage/index.ts';
import type { Check, Examined } from './examined.ts';
import { found } from './examined.ts';

/** Whether the bucket can be written, read, listed and deleted in; nothing where there is none. */
export function checkBucket({ config, database }: Pick<Examined, 'config' | 'database'>): Check[] {
  const { s3 } = config.storage;
  if (!s3) return [];
  const look: Check['look'] = async () => {
    const about = { bucket: s3.bucket, address: s3.endpoint };
    const failed = await tryBucket(config);
    if (failed) return found('problem', { ...about, ...failed });
    const isAsked = database !== null && typeof database !== 'string';
    const current = isAsked ? await database.db.outside(readPlaces) : null;
    return found(current && (current.place === 'disk' || current.movingTo) ? 'warning' : 'fine', about);
  };
  return [{ check: 'bucket', look }];
}

type Step = 'write' | 'read' | 'list' | 'delete';

/** Null when all can be done; else what could not, and why. */
async function tryBucket(config: Examined['config']): Promise<{ step: Step; said: string } | null> {
  const { places, close } = openStorageAlone(config, async () => ({ place: 's3', movingTo: null }));
  let step: Step = 'write';
  try {
    if (!places.s3) return null;
    await tryAll(places.s3, (next) => {
      step = next;
    });
    return null;
  } catch (error) {
    if (!(error instanceof StorageAway)) throw error;
    return { step, said: error.said };
  } finally {
    await close();
  }
}

async function tryAll(storage: Storage, begin: (step: Step) => void): Promise<void> {
  const key = `probe/${randomUUID()}`;
  const bytes = Buffer.from(key);
  begin('write');
  await storage.put(key, bytes, { mime: 'text/plain' });
  begin('read');
  const read = await (await storage.get(key))?.bytes();
  if (!read || Buffer.compare(read, bytes) !== 0) throw new StorageAway(key, 'other-bytes');
  begin('list');
  for await (const _file of storage.list(key)) break;
  begin('delete');
  await storage.delete(key);
}
