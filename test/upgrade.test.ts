import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runPublishingRound } from '#server/features/publishing/index.ts';
import { clearDatabase } from '#server/platform/backup/clear-database.ts';
import { restoreBackup, verifyBackup, writeBackup } from '#server/platform/backup/index.ts';
import { listTables, plainText, type Table } from '#server/platform/backup/list-tables.ts';
import { loadRows, openForLoading } from '#server/platform/backup/load-rows.ts';
import { migrate } from '#server/platform/db/index.ts';
import { useDatabase } from './database.ts';
import { readCatalogue } from './read-everything.ts';
import { seedTeam } from './seed-team.ts';
import { useServer } from './server.ts';

const folder = path.join(import.meta.dirname, '../migrations');
const steps = (await readdir(folder)).filter((name) => name.endsWith('.sql')).sort();

/** A newest schema with one of everything in it, from which earlier ones are filled. */
const server = useServer();
const old = useDatabase();
let newest: pg.Client;
let client: pg.Client;
let tablesNow: Table[];
let catalogueNow: string[];
let files = '';

beforeAll(async () => {
  files = await mkdtemp(path.join(tmpdir(), 'goalpost-upgrade-'));
  await seedTeam(server, 'Bakery');
  await server.settle();
  await runPublishingRound(server.house);
  [newest, client] = await Promise.all([open(server.test.ownerUrl), open(old.ownerUrl)]);
  tablesNow = await listTables(newest);
  const user = (url: string) => decodeURIComponent(new URL(url).username);
  const roles = { owner: user(old.ownerUrl), app: user(old.appUrl), across: old.acrossRole };
  catalogueNow = await readCatalogue(newest, roles);
});
afterAll(async () => {
  await Promise.all([newest?.end(), client?.end()]);
  await rm(files, { recursive: true, force: true });
});

async function open(url: string): Promise<pg.Client> {
  const opened = new pg.Client({ connectionString: url });
  await opened.connect();
  await opened.query(plainText);
  return opened;
}

/** The schema as it was after a step, empty. */
async function buildAt(step: number): Promise<void> {
  await clearDatabase(client);
  await upgrade(new Set(steps.slice(0, step + 1)));
}

const upgrade = (only?: ReadonlySet<string>) =>
  migrate({ ownerUrl: old.ownerUrl, appPassword: 'upgrade', ...(only ? { only } : {}) });

/** Columns that a table has now and had then. */
const shared = (then: Table): Table => {
  const now = tablesNow.find(({ name }) => name === then.name)?.columns ?? [];
  return { ...then, columns: then.columns.filter((column) => now.some((it) => it.name === column.name)) };
};

async function readLines(from: pg.Client, { name, columns }: Table): Promise<string[]> {
  const list = columns.map((column) => `"${column.name}"::text`).join(', ');
  const { rows } = await from.query<{ line: string }>(
    `SELECT to_json(ARRAY[${list}])::text AS line FROM ${name} ORDER BY 1`,
  );
  return rows.map(({ line }) => line);
}

/** Fills the tables there were with what they hold now, as far as their rules of then let it in; what went in. */
async function fill(): Promise<Map<string, { table: Table; lines: string[] }>> {
  const filled = new Map<string, { table: Table; lines: string[] }>();
  await client.query('BEGIN');
  const { tables, finish } = await openForLoading(client);
  for (const then of tables) {
    const table = shared(then);
    if (table.columns.length === 0) continue;
    const lines = await readLines(newest, table);
    if (lines.length === 0) continue;
    const enter = async (some: readonly string[]) => {
      await client.query('SAVEPOINT rows');
      return loadRows(client, table, some).then(
        () => true,
        async () => {
          await client.query('ROLLBACK TO rows');
          return false;
        },
      );
    };
    // One by one where there is a value that came later, or one that a table must have had and has no more.
    if (!(await enter(lines))) for (const line of lines) await enter([line]);
    filled.set(table.name, { table, lines: await readLines(client, table) });
  }
  await finish();
  await client.query('COMMIT');
  return filled;
}

describe('from every earlier schema with data in it', () => {
  test.each(steps.slice(0, -1).map((name, step) => ({ name, step })))('$name', async ({ step }) => {
    await buildAt(step);
    const filled = await fill();
    const rows = [...filled.values()].reduce((sum, { lines }) => sum + lines.length, 0);
    // Of what is stored now nearly all could be stored as soon as its table was there.
    const expected = [...filled.keys()].filter((name) => (filled.get(name)?.lines.length ?? 0) > 0).length;
    expect(expected).toBeGreaterThanOrEqual([4, 6, 9][step] ?? 9);
    expect(rows).toBeGreaterThan(expected);
    const { applied } = await upgrade();
    expect(applied).toEqual(steps.slice(step + 1));
    for (const { table, lines } of filled.values()) expect(await readLines(client, table), table.name).toEqual(lines);
    expect(await readCatalogue(client, rolesOf(old.ownerUrl))).toEqual(catalogueNow);
  });
});

const rolesOf = (url: string): Record<string, string> => {
  const name = new URL(url).pathname.slice(1);
  return { owner: decodeURIComponent(new URL(url).username), app: `${name}_app`, across: `${name}_across` };
};

test('a backup from an earlier schema is restored as it was and brought to this one', async () => {
  await buildAt(8);
  const filled = await fill();
  const file = path.join(files, 'old.tar');
  await writeBackup({ ownerUrl: old.ownerUrl, file, version: '0.0.1', media: null, key: null });
  const restored = await restoreBackup({
    file,
    verified: await verifyBackup(file),
    ownerUrl: old.ownerUrl,
    media: null,
  });
  expect(restored.steps).toBe(steps.length - 9);
  for (const { table, lines } of filled.values()) {
    if (['public.installation', 'public.fact'].includes(table.name)) continue;
    expect(await readLines(client, table), table.name).toEqual(lines);
  }
});

/** What an older version that still runs beside a newer schema would trip over. */
const narrowing = [
  [/\bDROP\s+TABLE\b/i, 'drops a table'],
  [/\bDROP\s+COLUMN\b/i, 'drops a column'],
  [/\bRENAME\b/i, 'renames'],
  [/\bALTER\s+(COLUMN\s+)?\w+\s+(SET\s+DATA\s+)?TYPE\b/i, 'changes a type'],
  [/\bSET\s+NOT\s+NULL\b/i, 'demands a value'],
  [
    /\bADD\s+COLUMN\s+(?:(?!DEFAULT|GENERATED|,|;)[\s\S])*NOT\s+NULL(?:(?!DEFAULT|GENERATED|,|;)[\s\S])*[,;]/i,
    'demands a value',
  ],
] as const;

describe('while an older version still runs', () => {
  test.each(steps.filter((name) => name >= '0012'))('%s adds and takes nothing away', async (name) => {
    const sql = (await readFile(path.join(folder, name), 'utf8')).replace(/--.*$/gm, '');
    expect(narrowing.filter(([pattern]) => pattern.test(sql)).map(([, what]) => what)).toEqual([]);
  });

  test.each([
    ['ALTER TABLE post DROP COLUMN language;', 'drops a column'],
    ['ALTER TABLE post RENAME COLUMN language TO tongue;', 'renames'],
    ['ALTER TABLE post ALTER COLUMN language TYPE varchar(9);', 'changes a type'],
    ['ALTER TABLE post ADD COLUMN tongue text NOT NULL;', 'demands a value'],
  ])('%s would be told', (sql, what) => {
    expect(narrowing.filter(([pattern]) => pattern.test(sql)).map(([, told]) => told)).toContain(what);
  });

  test('a step that cannot have its lock gives up and leaves nothing half done; the next start finishes', async () => {
    const step = steps.indexOf('0020-undo.sql');
    await buildAt(step - 1);
    const before = await readCatalogue(client, rolesOf(old.ownerUrl));
    const worker = await open(old.ownerUrl);
    await worker.query('BEGIN');
    await worker.query('SELECT FROM objective');
    const only = new Set(steps.slice(0, step + 1));
    try {
      const patient = { ownerUrl: old.ownerUrl, appPassword: 'upgrade', only, lockTimeoutMs: 200 };
      await expect(migrate(patient)).rejects.toThrow(/lock timeout/);
      expect(await readCatalogue(client, rolesOf(old.ownerUrl))).toEqual(before);
    } finally {
      await worker.query('ROLLBACK');
      await worker.end();
    }
    expect((await upgrade(only)).applied).toEqual(['0020-undo.sql']);
  });
});
