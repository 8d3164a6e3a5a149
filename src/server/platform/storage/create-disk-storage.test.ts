import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createDiskStorage, type Storage } from './index.ts';

let outside = '';
let storage: Storage;
beforeEach(async () => {
  outside = await mkdtemp(join(tmpdir(), 'goalpost-storage-'));
  storage = createDiskStorage({ folder: join(outside, 'media') });
});
afterEach(() => rm(outside, { recursive: true }));

const bytes = new TextEncoder().encode('picture');

test('gives back what was put, from bytes and from a stream', async () => {
  await storage.put('w1/m1/original.webp', bytes, { mime: 'image/webp' });
  await storage.put('w1/m1/thumbnail.webp', Readable.from([bytes, bytes]), { mime: 'image/webp' });
  const [original, thumbnail] = [await storage.get('w1/m1/original.webp'), await storage.get('w1/m1/thumbnail.webp')];
  expect(await original?.bytes()).toEqual(bytes);
  expect(original?.mime).toBe('image/webp');
  expect(thumbnail?.sizeBytes).toBe(14);
  const streamed = await thumbnail?.stream().toArray();
  expect(Buffer.concat(streamed ?? []).toString()).toBe('picturepicture');
});

test('replaces, and deletes as often as one likes', async () => {
  await storage.put('a/b', bytes, { mime: 'x/1' });
  await storage.put('a/b', bytes.slice(1), { mime: 'x/2' });
  expect(await storage.get('a/b')).toMatchObject({ mime: 'x/2', sizeBytes: 6 });
  await storage.delete('a/b');
  await storage.delete('a/b');
  expect(await storage.exists('a/b')).toBe(false);
  expect(await storage.get('a/b')).toBeNull();
  expect(await readdir(join(outside, 'media', 'a'))).toEqual([]);
});

test('leaves no folder of an upload that is gone', async () => {
  await storage.put('uploads/w1/u1/0-a', bytes, { mime: 'x/1' });
  await storage.put('uploads/w1/u1/5-b', bytes, { mime: 'x/1' });
  await storage.delete('uploads/w1/u1/0-a');
  expect(await storage.exists('uploads/w1/u1/5-b')).toBe(true);
  await storage.delete('uploads/w1/u1/5-b');
  expect(await readdir(join(outside, 'media', 'uploads', 'w1'))).toEqual([]);
  await storage.put('uploads/w1/u1/9-c', bytes, { mime: 'x/1' });
});

test('leaves the old file and no rest when a stream breaks off', async () => {
  await storage.put('a/b', bytes, { mime: 'x/1' });
  const broken = Readable.from(
    (async function* () {
      yield bytes;
      throw new Error('gone');
    })(),
  );
  await expect(storage.put('a/b', broken, { mime: 'x/2' })).rejects.toThrow('gone');
  expect(await storage.get('a/b')).toMatchObject({ mime: 'x/1', sizeBytes: 7 });
  expect((await readdir(join(outside, 'media', 'a'))).sort()).toEqual(['.type-b', 'b']);
});

test.each([
  '',
  '.',
  '..',
  '../secret',
  'a/../../secret',
  '/etc/passwd',
  'a//b',
  'a/',
  'a\\..\\b',
  'a/.hidden',
  'A/b',
  'a b',
  'a/\0',
  '%2e%2e/x',
  'é',
])('has no file under %j', async (key) => {
  await writeFile(join(outside, 'secret'), 'secret');
  await expect(storage.get(key)).rejects.toThrow('not a key');
  await expect(storage.put(key, bytes, { mime: 'x/y' })).rejects.toThrow('not a key');
  await expect(storage.delete(key)).rejects.toThrow('not a key');
  await expect(storage.exists(key)).rejects.toThrow('not a key');
});

test('takes a folder for no file', async () => {
  await storage.put('a/b/c', bytes, { mime: 'x/y' });
  expect(await storage.get('a/b')).toBeNull();
  expect(await storage.get('a/b/c/d')).toBeNull();
});
