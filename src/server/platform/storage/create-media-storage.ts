import type { Readable } from 'node:stream';
import type { StorageSource } from '../config/index.ts';
import type { Database } from '../db/index.ts';
import type { Egress } from '../egress/index.ts';
import { createDiskStorage } from './create-disk-storage.ts';
import { type MediaPlace, type MediaPlaces, readPlaces, settlePlace } from './place-store.ts';
import { createS3Storage, type S3Reading } from './s3/create-s3-storage.ts';
import { type Storage, StorageAway } from './storage.ts';

/** For so long a process may go on believing where files are. */
export const BELIEVED_MS = 1_000;

/** The two places by themselves. */
export type Places = Record<MediaPlace, Storage | null> & { disk: Storage };

/** Both places as the settings name them. */
export function openPlaces({ folder, s3 }: StorageSource, send: Egress['fetch'], reading: S3Reading = {}): Places {
  return { disk: createDiskStorage({ folder }), s3: s3 && createS3Storage(s3, send, reading) };
}

/**
 * The files of this installation, in whichever of the two places they are. New ones go to the place that stands in the
 * database, or to where files are being moved; what is not there is looked for in the other one, so that nothing is
 * missing while files are moved, before that, or after. What is deleted is deleted in both. A process whose settings name
 * no bucket throws `StorageAway` wherever the answer would stand in one.
 */
export function createMediaStorage(places: Places, readCurrent: () => Promise<MediaPlaces>): Storage {
  const { disk, s3 } = places;
  if (!s3) return withoutBucket(disk, readCurrent);
  const inOrder = async (): Promise<readonly [Storage, Storage]> => {
    const { place, movingTo } = await readCurrent();
    return (movingTo ?? place) === 's3' ? [s3, disk] : [disk, s3];
  };
  const storage: Storage = {
    async put(key, body, meta) {
      try {
        const [first] = await inOrder();
        await first.put(key, body, meta);
      } finally {
        close(body);
      }
    },
    async get(key) {
      const [first, second] = await inOrder();
      return findIn(
        () => first.get(key),
        () => second.get(key),
      );
    },
    async exists(key) {
      return (await storage.get(key)) !== null;
    },
    async delete(key) {
      const [first, second] = await inOrder();
      // The other one first: a file must not come back out of it.
      await second.delete(key);
      await first.delete(key);
    },
    async *list(prefix) {
      const [first, second] = await inOrder();
      yield* first.list(prefix);
      for await (const file of second.list(prefix)) if (!(await first.exists(file.key))) yield file;
    },
  };
  return storage;
}

/** Closes what was to be written, and so the file that it reads, also where nobody came to read it. */
function close(body: Uint8Array | Readable): void {
  if (!(body instanceof Uint8Array)) body.destroy();
}

/** The disk alone, for as long as the database does not say that files are in a bucket too. */
function withoutBucket(disk: Storage, readCurrent: () => Promise<MediaPlaces>): Storage {
  const assertAllHere = async (): Promise<void> => {
    const { place, movingTo } = await readCurrent();
    if (place === 's3' || movingTo !== null) throw new StorageAway('a bucket that no setting names', 'no-settings');
  };
  const storage: Storage = {
    async put(key, body, meta) {
      try {
        await assertAllHere();
        await disk.put(key, body, meta);
      } finally {
        close(body);
      }
    },
    async get(key) {
      const found = await disk.get(key);
      if (!found) await assertAllHere();
      return found;
    },
    async exists(key) {
      return (await storage.get(key)) !== null;
    },
    async delete(key) {
      await assertAllHere();
      await disk.delete(key);
    },
    async *list(prefix) {
      await assertAllHere();
      yield* disk.list(prefix);
    },
  };
  return storage;
}

/** A place that cannot be asked does not say that a file is missing; the other may have it all the same. */
async function findIn<T>(first: () => Promise<T | null>, second: () => Promise<T | null>): Promise<T | null> {
  let away: StorageAway | null = null;
  const found = await first().catch((error: unknown) => {
    if (!(error instanceof StorageAway)) throw error;
    away = error;
    return null;
  });
  if (found) return found;
  const other = await second();
  if (other === null && away) throw away;
  return other;
}

/**
 * Asks the database where files are, every second at most. Where that was never settled, a bucket is the place if
 * there is one and nothing lies on the disk yet. `mayWrite`: that is then settled, unless there is no bucket to choose.
 */
export function watchPlaces(
  places: Places,
  db: Pick<Database, 'outside'>,
  { mayWrite = true }: { mayWrite?: boolean } = {},
): () => Promise<MediaPlaces> {
  let known: { places: MediaPlaces; readAt: number } | null = null;
  return async () => {
    if (known && performance.now() - known.readAt < BELIEVED_MS) return known.places;
    const readAt = performance.now();
    const found = (await db.outside(readPlaces)) ?? (await settle(places, db, mayWrite));
    known = { places: found, readAt };
    return found;
  };
}

async function settle(places: Places, db: Pick<Database, 'outside'>, mayWrite: boolean): Promise<MediaPlaces> {
  if (!places.s3) return { place: 'disk', movingTo: null };
  const place = (await isEmpty(places.disk)) ? 's3' : 'disk';
  return mayWrite ? db.outside((tx) => settlePlace(tx, place)) : { place, movingTo: null };
}

async function isEmpty(storage: Storage): Promise<boolean> {
  for await (const _file of storage.list()) return false;
  return true;
}
