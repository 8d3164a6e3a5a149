import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { useDatabase } from '#test/database.ts';
import { createDiskStorage, createMediaStorage, type Places, readPlaces, StorageAway, watchPlaces } from './index.ts';
import type { MediaPlaces } from './place-store.ts';

const db = useDatabase();
let folder = '';
let places: Places & { s3: NonNullable<Places['s3']> };
let isAway = false;
const bytes = new TextEncoder().encode('picture');
const workspace = '0193a1b2-0000-7000-8000-000000000001';
const onDisk = `${workspace}/0193a1b2-0000-7000-8000-00000000000d/original`;
const inBucket = `${workspace}/0193a1b2-0000-7000-8000-00000000000b/original`;
const mime = { mime: 'image/webp' };

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'goalpost-places-'));
  isAway = false;
  const bucket = createDiskStorage({ folder: join(folder, 'bucket') });
  // A second folder in the place of a bucket: what a real one does stands in test/s3.test.ts.
  const get: typeof bucket.get = async (key) => {
    if (isAway) throw new StorageAway('bucket', '503');
    return bucket.get(key);
  };
  places = { disk: createDiskStorage({ folder: join(folder, 'disk') }), s3: { ...bucket, get } };
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const open = (current: MediaPlaces) => createMediaStorage(places, async () => current);

test('a picture is found in whichever place it is, and deleted in both', async () => {
  await places.disk.put(onDisk, bytes, mime);
  await places.s3.put(inBucket, bytes, mime);
  await places.s3.put(onDisk, bytes, mime);
  for (const current of [
    { place: 's3', movingTo: null },
    { place: 'disk', movingTo: 's3' },
    { place: 'disk', movingTo: null },
  ] as const) {
    const storage = open(current);
    expect(await storage.exists(onDisk)).toBe(true);
    expect(await storage.exists(inBucket)).toBe(true);
    expect(await storage.get('w/nowhere')).toBeNull();
    expect((await Array.fromAsync(storage.list(), ({ key }) => key)).sort()).toEqual([inBucket, onDisk]);
  }
  await open({ place: 'disk', movingTo: null }).delete(onDisk);
  expect([await places.disk.exists(onDisk), await places.s3.exists(onDisk)]).toEqual([false, false]);
});

test('new ones go to where pictures are being moved', async () => {
  await open({ place: 'disk', movingTo: 's3' }).put('w/new', bytes, mime);
  expect([await places.disk.exists('w/new'), await places.s3.exists('w/new')]).toEqual([false, true]);
});

test('a bucket that is away hides nothing that the disk has, and says of the rest that it does not know', async () => {
  await places.disk.put(onDisk, bytes, mime);
  isAway = true;
  const storage = open({ place: 's3', movingTo: null });
  expect(await storage.exists(onDisk)).toBe(true);
  await expect(storage.get(inBucket)).rejects.toThrow(StorageAway);
});

test('without a bucket among the settings nothing is settled: one that is named later may still be begun in', async () => {
  expect(await watchPlaces({ ...places, s3: null }, db.database)()).toEqual({ place: 'disk', movingTo: null });
  expect(await db.database.outside(readPlaces)).toBeNull();
});

test('what could not be put is closed all the same', async () => {
  const body = Readable.from([bytes]);
  const storage = createMediaStorage(places, async () => {
    throw new Error('no database');
  });
  await expect(storage.put(onDisk, body, mime)).rejects.toThrow('no database');
  expect(body.destroyed).toBe(true);
});

test('pictures that lie on the disk stay there until they are moved; a new installation begins in its bucket', async () => {
  await places.disk.put(onDisk, bytes, mime);
  const look = () => watchPlaces(places, db.database, { mayWrite: false })();
  expect(await look()).toEqual({ place: 'disk', movingTo: null });
  await places.disk.delete(onDisk);
  expect(await look()).toEqual({ place: 's3', movingTo: null });
  expect(await db.database.outside(readPlaces)).toBeNull();
  await watchPlaces(places, db.database)();
  await places.disk.put(onDisk, bytes, mime);
  // Settled once, it stays.
  expect(await watchPlaces(places, db.database)()).toEqual({ place: 's3', movingTo: null });
});

test('a process without the settings of the bucket does not say that what is in there is missing, and puts nothing', async () => {
  await places.disk.put(onDisk, bytes, mime);
  const without = (current: MediaPlaces) => createMediaStorage({ ...places, s3: null }, async () => current);
  for (const current of [
    { place: 's3', movingTo: null },
    { place: 'disk', movingTo: 's3' },
    { place: 's3', movingTo: 'disk' },
  ] as const) {
    const storage = without(current);
    expect(await storage.exists(onDisk)).toBe(true);
    await expect(storage.get(inBucket)).rejects.toThrow(StorageAway);
    await expect(storage.put(inBucket, bytes, mime)).rejects.toThrow(StorageAway);
    await expect(storage.delete(onDisk)).rejects.toThrow(StorageAway);
    await expect(Array.fromAsync(storage.list())).rejects.toThrow(StorageAway);
  }
  expect(await places.disk.exists(onDisk)).toBe(true);
  const alone = without({ place: 'disk', movingTo: null });
  expect(await alone.get(inBucket)).toBeNull();
  await alone.put(inBucket, bytes, mime);
  expect(await places.disk.exists(inBucket)).toBe(true);
});
