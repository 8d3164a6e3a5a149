import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createDiskShelf, writeBackup } from '#server/platform/backup/index.ts';
import { type Config, readConfig } from '#server/platform/config/index.ts';
import { useDatabase } from '#test/database.ts';
import { runRestore } from './restore.ts';

const before = useDatabase();
const after = useDatabase();
let folder = '';
const at = (name: string): string => path.join(folder, name);
const onS3 = (): Config =>
  readConfig({
    GOALPOST_DATA_DIR: at('installation'),
    GOALPOST_DATABASE_URL: after.ownerUrl,
    GOALPOST_S3_ENDPOINT: 'https://pictures.bakery.example',
    GOALPOST_S3_BUCKET: 'pictures',
    GOALPOST_S3_KEY_ID: 'bakery',
    GOALPOST_S3_SECRET: 'secret',
  });
const restore = async (config: Config, ...args: string[]) => {
  const said: string[] = [];
  const code = await runRestore({ args: [at('a.tar'), ...args], config, json: false, say: (line) => said.push(line) });
  return { code, said: said.join('\n') };
};
const ask = async (text: string): Promise<unknown[]> => {
  const client = new pg.Client({ connectionString: after.ownerUrl });
  await client.connect();
  try {
    return (await client.query(text)).rows;
  } finally {
    await client.end();
  }
};

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'goalpost-restore-'));
  await mkdir(at('installation'));
  const key = `${Buffer.alloc(32, 7).toString('base64')}\n`;
  const media = createDiskShelf(at('media'));
  await writeBackup({ ownerUrl: before.ownerUrl, file: at('a.tar'), version: '0.0.0', media, key });
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test('a backup whose pictures have no place here is refused before anything is changed, the key included', async () => {
  await expect(restore(onS3())).rejects.toThrow('--without-media');
  expect(existsSync(at('installation/key'))).toBe(false);
});

test('pictures are left out where that was asked, and the rest is put back', async () => {
  const { code, said } = await restore(onS3(), '--without-media');
  expect(code).toBe(0);
  expect(said).toContain('no pictures, as you asked');
  expect(existsSync(at('installation/key'))).toBe(true);
});

test('where pictures are that were left out is not forgotten', async () => {
  await ask('DELETE FROM media_place');
  await restore(onS3(), '--without-media');
  expect(await ask('SELECT place, moving_to FROM media_place')).toEqual([{ place: 's3', moving_to: null }]);
  await ask(`UPDATE media_place SET place = 'disk', moving_to = 's3'`);
  await restore(onS3(), '--without-media');
  expect(await ask('SELECT place, moving_to FROM media_place')).toEqual([{ place: 'disk', moving_to: 's3' }]);
});

test('what is there is replaced while the bucket is away, where pictures are left out', async () => {
  await ask(`INSERT INTO person (id) VALUES ('baker')`);
  await expect(restore(onS3(), '--without-media')).rejects.toThrow('--replace');
  await expect(restore(onS3(), '--replace')).rejects.toThrow('--without-media');
  expect(await ask('SELECT id FROM person')).toHaveLength(1);
  const { said } = await restore(onS3(), '--replace', '--without-media');
  expect(said).toContain('What was there is in');
  expect(await ask('SELECT id FROM person')).toEqual([]);
});

test('words that say nothing together are refused', async () => {
  await expect(restore(onS3(), '--verify', '--without-media')).rejects.toThrow('Say: goalpost restore FILE');
});
