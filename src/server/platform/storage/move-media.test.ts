import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { useDatabase } from '#test/database.ts';
import {
  createDiskStorage,
  type MediaPlace,
  moveMedia,
  openMoveJournal,
  type Places,
  readPlaces,
  writePlaces,
} from './index.ts';

const db = useDatabase();
let folder = '';
let places: Places & { s3: NonNullable<Places['s3']> };
const bytes = new TextEncoder().encode('picture');
const key = '0193a1b2-0000-7000-8000-000000000001/0193a1b2-0000-7000-8000-000000000002/original';
const foreign = 'uploads/2024/a.jpg';

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'goalpost-move-'));
  // A second folder in the place of a bucket: what a real one does stands in test/s3.test.ts.
  places = {
    disk: createDiskStorage({ folder: join(folder, 'disk') }),
    s3: createDiskStorage({ folder: join(folder, 'bucket') }),
  };
  await places.disk.put(key, bytes, { mime: 'image/webp' });
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const move = async (to: MediaPlace, { deleteSource = true } = {}) => {
  const journal = await openMoveJournal(join(folder, `to-${to}.txt`), to);
  return moveMedia({ places, db: db.database, to, journal, deleteSource, settleMs: 0 });
};
const whereIs = async (it: string) => [await places.disk.exists(it), await places.s3.exists(it)];

test('there, back and there again: what was noted of the first way and deleted since is copied again', async () => {
  await move('s3', { deleteSource: false });
  await move('disk');
  expect(await whereIs(key)).toEqual([true, false]);
  expect(await move('s3')).toMatchObject({ files: 1, copied: 1, deleted: 1 });
  expect(await whereIs(key)).toEqual([false, true]);
  expect(await db.database.outside(readPlaces)).toEqual({ place: 's3', movingTo: null });
});

test('copies and deletes nothing of what another program keeps there', async () => {
  await places.disk.put(foreign, bytes, { mime: 'image/jpeg' });
  await places.disk.put('backups/a.tar', bytes, { mime: 'application/x-tar' });
  expect(await move('s3')).toMatchObject({ files: 1, deleted: 1 });
  expect(await whereIs(foreign)).toEqual([true, false]);
  expect(await whereIs('backups/a.tar')).toEqual([true, false]);
});

test('deletes nothing more once the files are being moved elsewhere', async () => {
  const { disk } = places;
  places.disk = {
    ...disk,
    async *list(prefix) {
      const now = await db.database.outside(readPlaces);
      const isDeleting = now?.place === 's3' && now.movingTo === null;
      if (isDeleting) await db.database.outside((tx) => writePlaces(tx, { place: 's3', movingTo: 'disk' }));
      yield* disk.list(prefix);
    },
  };
  await db.database.outside((tx) => writePlaces(tx, { place: 'disk', movingTo: null }));
  await expect(move('s3')).rejects.toThrow('changed meanwhile');
  expect(await whereIs(key)).toEqual([true, true]);
});
