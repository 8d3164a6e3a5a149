import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { sql } from 'kysely';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { verifyAudit } from '#server/entry/operate/audit-verify.ts';
import { runPublishingRound } from '#server/features/publishing/index.ts';
import {
  type BackupMade,
  createDiskShelf,
  findFilling,
  inspectFilling,
  judgeKey,
  readBackupHead,
  restoreBackup,
  tryRestore,
  verifyBackup,
  writeBackup,
} from '#server/platform/backup/index.ts';
import { readConfig } from '#server/platform/config/index.ts';
import { keepDerivationRoot, loadKeys } from '#server/platform/crypto/index.ts';
import { listOwnTables, openDatabase } from '#server/platform/db/index.ts';
import { findCatalogueBreaches } from './catalogue.ts';
import { useDatabase } from './database.ts';
import { readCatalogue, readEverything } from './read-everything.ts';
import { type SeededTeam, seedTeam } from './seed-team.ts';
import { useServer } from './server.ts';

const server = useServer();
const other = useDatabase();
let folder = '';
let team: SeededTeam;
let made: BackupMade;
let keyText = '';
let here: pg.Client;
let there: pg.Client;

const open = async (url: string): Promise<pg.Client> => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  return client;
};
const at = (name: string): string => path.join(folder, name);
const shelf = () => {
  const { storage } = server.house.config;
  return createDiskShelf(storage.folder);
};
const back = (file: string, key: string | null = null): Promise<BackupMade> =>
  writeBackup({ ownerUrl: server.test.ownerUrl, file, version: '0.0.0', media: shelf(), key });

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'goalpost-backup-'));
  const { key } = server.house.config;
  const keys = await loadKeys(key);
  await keepDerivationRoot({ ownerUrl: server.test.ownerUrl, keys, fresh: true });
  if (key.kind === 'file') keyText = await readFile(key.path, 'utf8');
  team = await seedTeam(server, 'Bakery');
  await server.settle();
  await runPublishingRound(server.house);
  made = await back(at('a.tar'), keyText);
  here = await open(server.test.ownerUrl);
  there = await open(other.ownerUrl);
  await restoreBackup({
    file: at('a.tar'),
    verified: await verifyBackup(at('a.tar')),
    ownerUrl: other.ownerUrl,
    media: createDiskShelf(at('media')),
  });
});
afterAll(async () => {
  await Promise.all([here?.end(), there?.end()]);
  await rm(folder, { recursive: true, force: true });
});

/** Tables whose rows do not come back, and those that a restore writes into. */
const others = [
  'public.migration',
  'public.worker_pulse',
  'public.detector_pulse',
  'public.idempotency',
  'public.outgoing_mail',
  'public.push_device',
  'public.backup_standing',
  'public.media_place',
  'public.upload',
  'public.send_upload',
  'auth.session',
  'auth.verification',
  'auth.attempt',
  'auth.link',
  'auth.permit',
  'public.installation',
  'public.fact',
];

describe('a backup put back', () => {
  test('holds every row of every table as it was', async () => {
    const [before, after] = [await readEverything(here), await readEverything(there)];
    const names = Object.keys(before).filter((name) => !name.startsWith('pgboss.') && !others.includes(name));
    expect(names.length).toBeGreaterThan(30);
    const filled = names.filter((name) => (before[name]?.length ?? 0) > 0);
    expect(filled.length).toBeGreaterThan(20);
    for (const name of names) expect(after[name], name).toEqual(before[name]);
  });

  test('signs everybody out and sends no mail that waited', async () => {
    const { rows } = await there.query(`SELECT (SELECT count(*) FROM auth.session)::int AS sessions,
      (SELECT count(*) FROM outgoing_mail)::int AS mails, (SELECT count(*) FROM auth.account)::int AS accounts,
      (SELECT count(*) FROM notice WHERE coalesce(mail_due_at, push_due_at) IS NOT NULL)::int AS due`);
    expect(rows[0]).toEqual({ sessions: 0, mails: 0, accounts: 2, due: 0 });
  });

  test('stands behind the same walls as a new database', async () => {
    const userOf = (url: string) => decodeURIComponent(new URL(url).username);
    const name = new URL(other.ownerUrl).pathname.slice(1);
    const roles = { owner: userOf(other.ownerUrl), app: `${name}_app`, across: `${name}_across` };
    expect(await findCatalogueBreaches(there, roles)).toEqual([]);
    const fresh = { owner: roles.owner, app: userOf(server.test.appUrl), across: server.test.acrossRole };
    expect(await readCatalogue(there, roles)).toEqual(await readCatalogue(here, fresh));
  });

  test('has whole audit logs', async () => {
    const db = openDatabase({ appUrl: other.ownerUrl, acrossRole: 'none', poolSize: 1 });
    const verdicts = await verifyAudit({ db });
    await db.close();
    expect(verdicts.map(({ whole }) => whole)).toEqual([true]);
    expect(verdicts[0]?.lines).toBeGreaterThan(5);
  });

  test('has its pictures, byte for byte', async () => {
    expect(made.media).toBeGreaterThan(0);
    const copy = createDiskShelf(at('media'));
    let count = 0;
    for await (const key of shelf().keys()) {
      const [one, two] = [await shelf().get(key), await copy.get(key)];
      expect(await two?.bytes()).toEqual(await one?.bytes());
      expect(two?.mime).toBe(one?.mime);
      count += 1;
    }
    expect(count).toBe(made.media);
  });

  test('begins a new history, told to every workspace', async () => {
    const { rows } = await there.query('SELECT history FROM installation');
    expect(rows[0].history).toMatch(/^restored:/);
    const told = await there.query(`SELECT workspace_id FROM fact WHERE kind = 'installation.restored'`);
    expect(told.rows).toEqual([{ workspace_id: team.workspaceId }]);
  });
});

describe('a backup', () => {
  test('is for its owner’s eyes, leaves no draft behind, and is as big as it says', async () => {
    expect((await stat(at('a.tar'))).mode & 0o777).toBe(0o600);
    expect((await readdir(folder)).filter((name) => name.startsWith('.'))).toEqual([]);
    expect((await stat(at('a.tar'))).size).toBe(made.sizeBytes);
  });

  test('is one moment: what is written while it is made is not in it by halves', async () => {
    const writer = new pg.Client({ connectionString: server.test.ownerUrl });
    await writer.connect();
    let wrote = false;
    const onProgress = async (what: string) => {
      if (wrote || what !== 'auth.account') return;
      wrote = true;
      await writer.query(`UPDATE workspace SET name = 'Changed meanwhile'`);
    };
    const file = at('moment.tar');
    await writeBackup({ ownerUrl: server.test.ownerUrl, file, version: '0', media: null, key: null, onProgress });
    await writer.query(`UPDATE workspace SET name = 'Bakery'`);
    await writer.end();
    expect(wrote).toBe(true);
    await restoreBackup({ file, verified: await verifyBackup(file), ownerUrl: other.ownerUrl, media: null });
    expect((await there.query('SELECT name FROM workspace')).rows).toEqual([{ name: 'Bakery' }]);
  });

  test('is refused when any one of its bytes was changed', async () => {
    const whole = await readFile(at('a.tar'));
    const ends = whole.byteLength - 1_024;
    for (let turn = 0; turn < 40; turn += 1) {
      const spot = Math.floor((ends * (turn + 0.37)) / 40);
      const spoilt = Buffer.from(whole);
      spoilt.writeUInt8(spoilt.readUInt8(spot) ^ 1, spot);
      await writeFile(at('spoilt.tar'), spoilt);
      const isFilling = whole
        .subarray(spot - (spot % 512))
        .subarray(spot % 512, 512)
        .every((byte) => byte === 0);
      if (isFilling) continue;
      await expect(verifyBackup(at('spoilt.tar')), `byte ${spot}`).rejects.toMatchObject({ name: 'BackupBroken' });
    }
    await writeFile(at('short.tar'), whole.subarray(0, Math.floor(whole.byteLength / 2)));
    await expect(verifyBackup(at('short.tar'))).rejects.toMatchObject({ name: 'BackupBroken' });
    await writeFile(at('words.tar'), 'hello');
    await expect(readBackupHead(at('words.tar'))).rejects.toMatchObject({ name: 'BackupBroken' });
  });

  test('is tried in a built-in database of its own, whichever server it was made on', async () => {
    const tried = await tryRestore(at('a.tar'), await verifyBackup(at('a.tar')));
    expect(tried).toMatchObject({ tables: made.tables, rows: made.rows, media: 0, steps: 0 });
  });

  test('of a database that a newer Goalpost has changed is not put into an older one', async () => {
    const verified = structuredClone(await verifyBackup(at('a.tar')));
    verified.manifest.head.migrations.push({ name: '9999-later.sql', checksum: 'a'.repeat(64) });
    const again = restoreBackup({ file: at('a.tar'), verified, ownerUrl: other.ownerUrl, media: null });
    await expect(again).rejects.toThrow('9999-later.sql');
    expect(await findFilling(there)).toBe('filled');
  });

  test('changes nothing when it cannot be put in whole, and can be put in afterwards', async () => {
    const verified = structuredClone(await verifyBackup(at('a.tar')));
    const [table] = verified.manifest.tables.filter(({ name }) => name === 'public.workspace');
    if (table) table.rows += 1;
    const again = restoreBackup({ file: at('a.tar'), verified, ownerUrl: other.ownerUrl, media: null });
    await expect(again).rejects.toThrow('public.workspace has 1 rows instead of 2');
    expect(await findFilling(there)).toBe('empty');
    const right = await verifyBackup(at('a.tar'));
    await restoreBackup({ file: at('a.tar'), verified: right, ownerUrl: other.ownerUrl, media: null });
    expect(await findFilling(there)).toBe('filled');
  });
});

test('types that a file names are not made part of a statement', async () => {
  const verified = structuredClone(await verifyBackup(at('a.tar')));
  const workspace = verified.manifest.tables.find(({ name }) => name === 'public.workspace');
  for (const column of workspace?.columns ?? []) column.type = 'text); DROP TABLE person CASCADE; --';
  await restoreBackup({ file: at('a.tar'), verified, ownerUrl: other.ownerUrl, media: null });
  expect((await there.query('SELECT name FROM workspace')).rows).toEqual([{ name: 'Bakery' }]);
});

describe('what others keep in the same database', () => {
  test('is not in a backup, and survives a restore', async () => {
    for (const client of [here, there])
      await client.query(`CREATE TABLE public.admin_notes (id serial PRIMARY KEY, text text);
        INSERT INTO public.admin_notes (text) VALUES ('call the bakery');
        CREATE SCHEMA elsewhere; CREATE TABLE elsewhere.till (sum int); INSERT INTO elsewhere.till VALUES (7);
        CREATE FUNCTION public.twice(n int) RETURNS int LANGUAGE sql AS 'SELECT 2 * n'`);
    await back(at('beside.tar'));
    const verified = await verifyBackup(at('beside.tar'));
    expect(verified.manifest.tables.map(({ name }) => name)).not.toContain('public.admin_notes');
    expect(verified.manifest.sequences.map(({ name }) => name)).toEqual([]);
    await restoreBackup({ file: at('beside.tar'), verified, ownerUrl: other.ownerUrl, media: null });
    expect((await there.query('SELECT text FROM admin_notes')).rows).toEqual([{ text: 'call the bakery' }]);
    expect((await there.query('SELECT twice(sum) AS sum FROM elsewhere.till')).rows).toEqual([{ sum: 14 }]);
    for (const client of [here, there])
      await client.query('DROP TABLE admin_notes; DROP SCHEMA elsewhere CASCADE; DROP FUNCTION twice');
  });

  test('is not taken for Goalpost’s because of its names', async () => {
    const verified = await verifyBackup(at('a.tar'));
    await there.query('CREATE TABLE auth.users (name text)');
    const again = () => restoreBackup({ file: at('a.tar'), verified, ownerUrl: other.ownerUrl, media: null });
    await expect(again()).rejects.toThrow('would be lost: auth.users. ');
    await expect(inspectFilling(other.ownerUrl, null)).rejects.toThrow('auth.users');
    await there.query(
      'DROP TABLE auth.users; ALTER TABLE migration RENAME TO moved; ALTER TABLE person RENAME TO people',
    );
    await expect(inspectFilling(other.ownerUrl, null)).rejects.toThrow('would be lost: auth.account');
    await expect(again()).rejects.toThrow('would be lost: auth.account');
    await there.query('ALTER TABLE moved RENAME TO migration; ALTER TABLE people RENAME TO person');
    expect(await inspectFilling(other.ownerUrl, null)).toBe('filled');
  });

  test('is refused in a backup before anything is changed', async () => {
    const verified = structuredClone(await verifyBackup(at('a.tar')));
    verified.manifest.tables.push({ name: 'public.strange', columns: [{ name: 'id', type: 'text' }], rows: 0 });
    const again = restoreBackup({ file: at('a.tar'), verified, ownerUrl: other.ownerUrl, media: null });
    await expect(again).rejects.toThrow('no Goalpost has: public.strange');
    expect(await findFilling(there)).toBe('filled');
  });

  test('is refused as a column too, before anything is changed', async () => {
    const verified = structuredClone(await verifyBackup(at('a.tar')));
    const workspace = verified.manifest.tables.find(({ name }) => name === 'public.workspace');
    workspace?.columns.push({ name: 'strange', type: 'text' });
    const again = restoreBackup({ file: at('a.tar'), verified, ownerUrl: other.ownerUrl, media: null });
    await expect(again).rejects.toThrow('no place for: public.workspace.strange. Nothing was changed.');
    expect(await findFilling(there)).toBe('filled');
  });

  test('is told from every table that Goalpost has', async () => {
    const own = await listOwnTables();
    const { rows } = await here.query<{ name: string }>(
      `SELECT schemaname || '.' || tablename AS name FROM pg_tables
       WHERE schemaname !~ '^pg' AND schemaname <> 'information_schema'`,
    );
    expect(rows.map(({ name }) => name).filter((name) => !own.has(name))).toEqual([]);
  });
});

describe('the key of a backup', () => {
  const judge = async (dataDir: string, file: string, more: Record<string, string> = {}) =>
    judgeKey(readConfig({ GOALPOST_DATA_DIR: dataDir, ...more }), { file, head: await readBackupHead(file) });

  test('is not in it unless that was asked', async () => {
    await back(at('keyless.tar'));
    const line = keyText.split('\n')[1] ?? '';
    expect(line).toHaveLength(44);
    expect((await readFile(at('keyless.tar'))).includes(line)).toBe(false);
    expect((await readFile(at('a.tar'))).includes(line)).toBe(true);
  });

  test('that is missing or another one is named at once', async () => {
    const needed = made.sealedWith.join(', ');
    await expect(judge(at('empty'), at('keyless.tar'))).rejects.toThrow(
      `sealed with ${needed}, and there is no key here`,
    );
    const wrong = Buffer.alloc(32, 5).toString('base64');
    await expect(judge(at('empty'), at('keyless.tar'), { GOALPOST_KEY: wrong })).rejects.toThrow('the key here is');
    await expect(judge(at('empty'), at('a.tar'), { GOALPOST_KEY: wrong })).rejects.toThrow(
      'GOALPOST_KEY is another one',
    );
    expect(await judge(at('empty'), at('keyless.tar'), { GOALPOST_KEY_LOST: 'yes' })).toBeNull();
    await expect(stat(at('empty/key'))).rejects.toThrow('ENOENT');
  });

  test('is put in its place from a backup that holds it, and one that was there is kept', async () => {
    const place = await judge(folder, at('a.tar'));
    expect(await place?.()).toBe(at('key'));
    expect(await readFile(at('key'), 'utf8')).toBe(keyText);
    expect((await stat(at('key'))).mode & 0o777).toBe(0o600);
    expect(await judge(folder, at('keyless.tar'))).toBeNull();
    const otherKey = `${Buffer.alloc(32, 6).toString('base64')}\n`;
    await chmod(at('key'), 0o600);
    await writeFile(at('key'), otherKey);
    await (await judge(folder, at('a.tar')))?.();
    expect(await readFile(at('key'), 'utf8')).toBe(keyText);
    const kept = (await readdir(folder)).filter((name) => name.startsWith('key.before-restore-'));
    expect(await readFile(at(kept[0] ?? ''), 'utf8')).toBe(otherKey);
  });
});

test('the rule of what is left out names every table that is gone', async () => {
  const { leftOut } = await import('#server/platform/backup/left-out.ts');
  const { rows } = await server.house.db.outside((tx) =>
    sql<{ name: string }>`SELECT schemaname || '.' || tablename AS name FROM pg_tables`.execute(tx),
  );
  const gone = Object.keys(leftOut).filter((name) => !rows.some((row) => row.name === name));
  // Dropped by a later step; a backup from before that knows it still.
  expect(gone).toEqual(['auth.rate_limit']);
});
