import { randomBytes, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import pg from 'pg';
import { findUnfitMigrations, listOwnTables, migrate, rehearseSchema, StartRefusal } from '../db/index.ts';
import type { MediaPlace, MediaPlaces } from '../storage/index.ts';
import { clearDatabase, dropOwn } from './clear-database.ts';
import { leftOut } from './left-out.ts';
import { listTables, type Table } from './list-tables.ts';
import { loadRows, openForLoading } from './load-rows.ts';
import { type Manifest, tableOf } from './manifest.ts';
import type { MediaShelf } from './media-shelf.ts';
import { readTar } from './tar.ts';
import { expandRows, type Verified } from './verify-backup.ts';

export interface RestoreOptions {
  file: string;
  /** The same file, found whole. */
  verified: Verified;
  ownerUrl: string;
  /** A ready-made login of the app, where the owner may not make one. */
  appUrl?: string;
  /** Null: pictures are left where they are. */
  media: (MediaShelf & { place?: MediaPlace }) | null;
  /** Where the pictures are that are left where they are, unless the database that is replaced says; absent: nobody knows. */
  leftAt?: MediaPlace | null;
  onProgress?: (what: string) => void;
}

export interface Restored {
  tables: number;
  rows: number;
  media: number;
  /** Steps of the schema that came after the backup was made. */
  steps: number;
}

/** What the history of a restored database is called until the first worker has seen it: no database's own. */
export const restoredHistory = (at: Date): string => `restored:${at.toISOString()}`;

/**
 * Puts a backup into a database, whatever is in there: makes the schema as it was when the backup was made, fills it in one
 * transaction, and then brings it to this version's. Everything is in at the end of that transaction or nothing is; killed
 * at any moment, it can be begun again.
 *
 * It begins a new history: the first worker holds everything that was due before it started, for it may be out already.
 * Throws `StartRefusal` when the backup is from a newer version or holds what its schema has not, or when what is in there
 * is not only Goalpost's and would be lost; nothing is changed then.
 */
export async function restoreBackup(options: RestoreOptions): Promise<Restored> {
  const { ownerUrl, verified, onProgress = () => undefined } = options;
  const { manifest } = verified;
  const unfit = await findUnfitMigrations(manifest.head.migrations);
  if (unfit.length > 0)
    throw new StartRefusal(
      `This backup was made by another version of Goalpost (${manifest.head.version}): this one does not know ` +
        `${unfit.join(', ')} as it was there. Restore it with that version or a newer one. Nothing was changed.`,
    );
  const own = await listOwnTables();
  const strange = manifest.tables.filter(({ name }) => !own.has(name) || name in leftOut);
  if (strange.length > 0)
    throw new StartRefusal(
      `This backup holds tables that no Goalpost has: ${strange.map(({ name }) => name)}. Nothing was changed.`,
    );
  const client = new pg.Client({ connectionString: ownerUrl });
  client.on('error', () => undefined);
  await client.connect();
  try {
    const login = { ownerUrl, appPassword: randomBytes(24).toString('hex') };
    const more = options.appUrl ? { appUrl: options.appUrl } : {};
    const only = new Set(manifest.head.migrations.map(({ name }) => name));
    onProgress('looking whether it fits');
    const clear = () => dropOwn(client);
    const tables = await rehearseSchema(client, { ...login, ...more, only }, { clear, look: () => listTables(client) });
    assertSameTables(tables, manifest);
    const left = options.media ? null : await readLeft(client);
    onProgress('clearing');
    await clearDatabase(client);
    await migrate({ ...login, ...more, only });
    const media = await fill(client, options);
    onProgress('bringing it to this version');
    const { applied } = await migrate({ ...login, ...more });
    const place = options.media ? options.media.place : options.leftAt;
    if (left) await notePlaces(client, left);
    else if (place) await notePlaces(client, { place, movingTo: null });
    const rows = manifest.tables.reduce((sum, table) => sum + table.rows, 0);
    return { tables: manifest.tables.length, rows, media, steps: applied.length };
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** Where the database that is about to be cleared has its pictures; null when it does not say. */
async function readLeft(client: pg.Client): Promise<MediaPlaces | null> {
  const { rowCount } = await client.query(`SELECT FROM pg_class WHERE oid = to_regclass('public.media_place')`);
  if (rowCount !== 1) return null;
  const { rows } = await client.query<MediaPlaces>('SELECT place, moving_to AS "movingTo" FROM media_place');
  return rows[0] ?? null;
}

/** Where the pictures were put, or left, is where they are. */
async function notePlaces(client: pg.Client, { place, movingTo }: MediaPlaces): Promise<void> {
  await client.query('INSERT INTO media_place (place, moving_to) VALUES ($1, $2)', [place, movingTo]);
}

async function fill(client: pg.Client, options: RestoreOptions): Promise<number> {
  const { manifest } = options.verified;
  await client.query('BEGIN');
  try {
    const { tables, finish } = await openForLoading(client);
    const media = await pour(client, tables, options);
    for (const { name, value } of manifest.sequences)
      await client.query('SELECT setval($1, $2::bigint)', [name, value]);
    await finish();
    await assertCounts(client, manifest);
    await beginHistory(client, manifest);
    await client.query('COMMIT');
    return media;
  } catch (error) {
    await client.query('ROLLBACK').catch(() => undefined);
    throw error;
  }
}

/** A schema made by the same steps has the same tables; anything else is a bug or a changed file, and would lose a column. */
function assertSameTables(tables: readonly { name: string; columns: { name: string }[] }[], manifest: Manifest): void {
  const shape = (list: readonly { name: string; columns: { name: string }[] }[]) =>
    new Set(list.flatMap(({ name, columns }) => columns.map((column) => `${name}.${column.name}`)));
  const [here, held] = [shape(tables), shape(manifest.tables)];
  const strange = [...held.difference(here)];
  if (strange.length > 0)
    throw new StartRefusal(
      `The backup holds what its schema has no place for: ${strange.join(', ')}. Nothing was changed. Use another backup.`,
    );
}

async function pour(client: pg.Client, tables: readonly Table[], options: RestoreOptions): Promise<number> {
  const { file, media, onProgress = () => undefined } = options;
  const { manifest } = options.verified;
  const byName = new Map(manifest.tables.map((table) => [table.name, typedAsHere(table, tables)]));
  const pictures = new Map(manifest.files.flatMap((it) => (it.medium ? [[it.name, it.medium] as const] : [])));
  let count = 0;
  for await (const { name, body } of readTar(createReadStream(file, { highWaterMark: 64 * 1024 }))) {
    const table = byName.get(tableOf(name) ?? '');
    if (table) {
      onProgress(table.name);
      const pieces: Buffer[] = [];
      for await (const piece of body) pieces.push(piece);
      const lines = (await expandRows(Buffer.concat(pieces))).toString('utf8').split('\n');
      await loadRows(client, table, lines.slice(0, -1));
    }
    const picture = pictures.get(name);
    if (picture && media) {
      if (count % 100 === 0) onProgress(`pictures (${count})`);
      await media.put(picture.key, Readable.from(body), { mime: picture.mime ?? 'application/octet-stream' });
      count += 1;
    }
  }
  return count;
}

/** The columns in the backup's order, of the types that the database gives them: the file's own are not put into a statement. */
function typedAsHere({ name, columns }: Table, tables: readonly Table[]): Table {
  const here = tables.find((table) => table.name === name)?.columns ?? [];
  const types = new Map(here.map((column) => [column.name, column.type]));
  return { name, columns: columns.map((column) => ({ name: column.name, type: types.get(column.name) ?? 'text' })) };
}

async function assertCounts(client: pg.Client, manifest: Manifest): Promise<void> {
  for (const { name, rows } of manifest.tables) {
    const [schema = '', table = ''] = name.split('.');
    const { rows: found } = await client.query<{ count: string }>(
      `SELECT count(*)::text AS count FROM ${client.escapeIdentifier(schema)}.${client.escapeIdentifier(table)}`,
    );
    if (Number(found[0]?.count) !== rows) throw new Error(`${name} has ${found[0]?.count} rows instead of ${rows}`);
  }
}

/** From here on it is another history than the one that went on after the backup, wherever it runs. */
async function beginHistory(client: pg.Client, { head }: Manifest): Promise<void> {
  await client.query('UPDATE installation SET history = $1', [restoredHistory(new Date())]);
  // A notice that waited for its mail may have been mailed since; it stays to be read.
  const { rowCount } = await client.query(`SELECT FROM pg_class WHERE oid = to_regclass('public.notice')`);
  if (rowCount === 1)
    await client.query(
      'UPDATE notice SET mail_due_at = NULL, push_due_at = NULL WHERE coalesce(mail_due_at, push_due_at) IS NOT NULL',
    );
  const { rows } = await client.query<{ id: string }>('SELECT id FROM workspace');
  for (const { id } of rows)
    await client.query(
      `INSERT INTO fact (workspace_id, id, kind, payload) VALUES ($1, $2, 'installation.restored', $3)`,
      [id, randomUUID(), JSON.stringify({ madeAt: head.madeAt })],
    );
}
