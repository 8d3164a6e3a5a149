import { mkdir, mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeBackup, nameBackup, takeBackupTurn, verifyBackup } from '#server/platform/backup/index.ts';
import type { Config } from '#server/platform/config/index.ts';
import { makeTeam } from '#test/makers.ts';
import { type TestClient, useServer } from '#test/server.ts';
import { makeDueBackup } from './make-backups.ts';

const folder = await mkdtemp(path.join(tmpdir(), 'goalpost-kept-'));
const kept = path.join(folder, 'kept');
const server = useServer({ BACKUP_DIR: kept, BACKUP_EVERY: '12h', BACKUP_KEEP: '2' });
let operator: TestClient;

beforeAll(async () => {
  operator = server.client(await server.signUp({ email: 'runs-it@bakery.example' }));
  await makeTeam(server);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Where the installation's own database is. */
const reach = (database: Config['database']) => {
  (server.house.config as { database: Config['database'] }).database = database;
};
const found = async (check: string) => (await operator.operator.doctor()).findings.find((it) => it.check === check);
const ours = async () => (await readdir(kept).catch(() => [])).filter((name) => name.startsWith('goalpost-')).sort();
/** As if what was made had been made earlier. */
const age = async (hours: number) => {
  const names = await readdir(kept).catch(() => []);
  for (const name of names.filter((it) => it > 'goalpost-2021' && it < 'goalpost-3')) {
    const [day, time = ''] = name.slice('goalpost-'.length, -'.tar'.length).split('T');
    const begun = new Date(`${day}T${time.slice(0, 2)}:${time.slice(2, 4)}:${time.slice(4)}`);
    await rename(path.join(kept, name), path.join(kept, nameBackup(new Date(begun.getTime() - hours * 3_600_000))));
  }
  await server.house.db.outside((tx) =>
    sql`UPDATE backup_standing SET made_at = made_at - make_interval(hours => ${hours})`.execute(tx),
  );
};
/** As somebody asks for one who stands at the machine. */
const asked = (file: string, { withMedia = true } = {}) =>
  makeBackup({
    config: server.house.config,
    byItself: false,
    db: server.house.db,
    ownerUrl: server.test.ownerUrl,
    version: '0.0.0',
    file,
    withKey: false,
    withMedia,
  });
const mails = () => server.said.filter((text) => text.includes('A backup failed'));

test('one that was asked for and failed is told there, and keeps no later failure from being told', async () => {
  await expect(asked(path.join(folder, 'no/such/folder/a.tar'))).rejects.toThrow('ENOENT');
  expect(await found('scheduled-backup')).toMatchObject({ state: 'warning' });
});

test('a backup that fails is told to who runs the installation, once, by mail and by the doctor', async () => {
  expect(await found('scheduled-backup')).toMatchObject({ state: 'warning', params: { hours: 24 } });
  await makeDueBackup(server.house);
  await makeDueBackup(server.house);
  await server.settle();
  expect(mails()).toHaveLength(1);
  expect(mails()[0]).toContain('runs-it@bakery.example');
  expect(await found('scheduled-backup')).toMatchObject({
    state: 'problem',
    params: { said: 'the embedded database was not found' },
  });
});

test('none is begun while another process is still making one', async () => {
  reach({ kind: 'external', ownerUrl: server.test.ownerUrl, appUrl: null });
  const turn = await takeBackupTurn(server.test.ownerUrl);
  expect(await takeBackupTurn(server.test.ownerUrl)).toBeNull();
  await makeDueBackup(server.house);
  expect(await ours()).toEqual([]);
  await turn?.release();
});

test('one is made when it is due and not before; it is whole, and the doctor says so', async () => {
  reach({ kind: 'external', ownerUrl: server.test.ownerUrl, appUrl: null });
  await makeDueBackup(server.house);
  await makeDueBackup(server.house);
  const [name = '', ...more] = await ours();
  expect(more).toEqual([]);
  const { manifest } = await verifyBackup(path.join(kept, name));
  expect(manifest.head).toMatchObject({ holdsKey: false, holdsMedia: true });
  expect(await found('scheduled-backup')).toMatchObject({
    state: 'fine',
    params: { hours: 0, place: path.join(kept, name) },
  });
  await age(25);
  expect(await found('scheduled-backup')).toMatchObject({ state: 'warning', params: { hours: 24 } });
  await age(-25);
});

test('one that was asked for is not taken for it: elsewhere, or without pictures', async () => {
  await age(25);
  await asked(path.join(folder, 'a.tar'));
  await asked(path.join(kept, nameBackup(new Date())), { withMedia: false });
  expect(await found('scheduled-backup')).toMatchObject({ state: 'warning', params: { hours: 24 } });
  expect(await ours()).toHaveLength(2);
  await rename(path.join(kept, (await ours()).at(-1) ?? ''), path.join(folder, 'without.tar'));
  await makeDueBackup(server.house);
  expect(await ours()).toHaveLength(2);
  expect(await found('scheduled-backup')).toMatchObject({ state: 'fine', params: { hours: 0 } });
});

test('a backup stays good when an older one cannot be deleted', async () => {
  const stuck = path.join(kept, 'goalpost-2019-01-01T000000Z.tar');
  await mkdir(path.join(stuck, 'full'), { recursive: true });
  for (const name of ['goalpost-2019-01-02T000000Z.tar', 'goalpost-2019-01-03T000000Z.tar'])
    await writeFile(path.join(kept, name), '');
  await age(13);
  const before = mails().length;
  await makeDueBackup(server.house);
  await server.settle();
  expect(await found('scheduled-backup')).toMatchObject({ state: 'fine', params: { hours: 0 } });
  expect(mails()).toHaveLength(before);
  expect(await ours()).not.toContain('goalpost-2019-01-02T000000Z.tar');
  await rm(stuck, { recursive: true });
});

test('older ones go when there are too many, and nothing else in the folder does', async () => {
  for (const name of ['goalpost-2020-01-01T000000Z.tar', 'goalpost-2020-01-02T000000Z.tar', 'goalpost-mine.tar'])
    await writeFile(path.join(kept, name), '');
  await age(13);
  await makeDueBackup(server.house);
  const left = await ours();
  expect(left).toHaveLength(3);
  expect(left).toContain('goalpost-mine.tar');
  expect(left).not.toContain('goalpost-2020-01-01T000000Z.tar');
  expect(left.some((name) => name > 'goalpost-2021' && name !== 'goalpost-mine.tar')).toBe(true);
});

test('the doctor counts pictures without a file and files without a picture', async () => {
  expect(await found('pictures')).toMatchObject({ state: 'fine' });
  const { client, workspaceId } = await makeTeam(server);
  const sharp = (await import('sharp')).default;
  const picture = await sharp({ create: { width: 32, height: 32, channels: 3, background: '#d9a441' } })
    .png()
    .toBuffer();
  const file = new File([new Uint8Array(picture)], 'bread.png', { type: 'image/png' });
  const medium = await client.media.upload({ workspaceId, file, alt: 'Bread' });
  expect(await found('pictures')).toMatchObject({ state: 'fine' });
  const { storage } = server.house.config;
  const { utimes } = await import('node:fs/promises');
  const orphan = path.join(storage.folder, workspaceId, workspaceId);
  await mkdir(orphan, { recursive: true });
  await writeFile(path.join(orphan, 'original'), '');
  expect(await found('pictures')).toMatchObject({ state: 'fine' });
  await utimes(path.join(orphan, 'original'), new Date(0), new Date(0));
  expect(await found('pictures')).toMatchObject({ state: 'warning', params: { count: 1 } });
  await rm(path.join(storage.folder, workspaceId, medium.id, 'original'));
  expect(await found('pictures')).toMatchObject({ state: 'problem', params: { count: 1 } });
});
