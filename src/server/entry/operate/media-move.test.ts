import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readConfig } from '#server/platform/config/index.ts';
import { takeTurn } from '#server/platform/db/index.ts';
import { readPlaces, writePlaces } from '#server/platform/storage/index.ts';
import { useDatabase } from '#test/database.ts';
import { refuseLostBucket } from '../refuse-lost-bucket.ts';
import { runBackup } from './backup.ts';
import { runMediaMove } from './media-move.ts';

const db = useDatabase();
let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(`${tmpdir()}/goalpost-move-`);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const config = () =>
  readConfig({ GOALPOST_DATA_DIR: folder, GOALPOST_DATABASE_URL: db.ownerUrl, GOALPOST_APP_DATABASE_URL: db.appUrl });
const move = async (...args: string[]) => {
  const said: string[] = [];
  const code = await runMediaMove({ args, config: config(), json: false, say: (line) => said.push(line) });
  return { code, said: said.join('\n') };
};

test.each([[], ['--to'], ['--to', 'tape'], ['--to', 's3', '--delete-source', '--leave-behind'], ['s3']])(
  'says how it is said, to %j',
  async (...args) => {
    await expect(move(...args)).rejects.toThrow('Say: goalpost media move --to s3|disk');
  },
);

test('names the settings where there is no bucket, and changes nothing', async () => {
  await expect(move('--to', 's3')).rejects.toThrow('GOALPOST_S3_ENDPOINT');
  expect(await db.database.outside(readPlaces)).toBeNull();
});

test('a start without the bucket that holds the pictures is refused, until they are given up', async () => {
  await refuseLostBucket(config(), db.database);
  await db.database.outside((tx) => writePlaces(tx, { place: 's3', movingTo: null }));
  await expect(refuseLostBucket(config(), db.database)).rejects.toThrow('--leave-behind');
  await db.database.outside((tx) => writePlaces(tx, { place: 'disk', movingTo: 's3' }));
  await expect(refuseLostBucket(config(), db.database)).rejects.toThrow('goalpost media move --to disk');
  expect((await move('--to', 'disk', '--leave-behind')).code).toBe(0);
  await refuseLostBucket(config(), db.database);
});

test('a backup without the bucket that holds the pictures is refused, unless it is to be one without pictures', async () => {
  await db.database.outside((tx) => writePlaces(tx, { place: 's3', movingTo: null }));
  const backUp = (...args: string[]) => runBackup({ args, config: config(), json: false, say: () => undefined });
  await expect(backUp()).rejects.toThrow('GOALPOST_S3_ENDPOINT');
  expect(await backUp('--without-media')).toBe(0);
  expect((await move('--to', 'disk', '--leave-behind')).code).toBe(0);
  expect(await backUp()).toBe(0);
});

test('two moves at once do not happen', async () => {
  const turn = await takeTurn(db.ownerUrl, 'media move');
  await expect(move('--to', 'disk', '--leave-behind')).rejects.toThrow('Another');
  await turn?.release();
  expect((await move('--to', 'disk', '--leave-behind')).code).toBe(0);
});
