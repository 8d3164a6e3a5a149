import { createHash } from 'node:crypto';
import pg from 'pg';
import { StartRefusal } from '../db/index.ts';
import { type ArchiveWriter, archiveName, createArchive, type WrittenFile } from './archive-writer.ts';
import { listTables, plainText, type Table } from './list-tables.ts';
import { FORM, type Head, headName, keyName, type Manifest, manifestName, sealName } from './manifest.ts';
import type { MediaShelf } from './media-shelf.ts';
import { findSealedWith, readMigrationsOf } from './read-schema.ts';
import { verifyBackup } from './verify-backup.ts';
import { writeRows } from './write-rows.ts';

export interface BackupOptions {
  ownerUrl: string;
  /** Where it shall be; a file that is there is replaced when the new one is whole. */
  file: string;
  /** Version of this Goalpost. */
  version: string;
  /** Null: without pictures. */
  media: MediaShelf | null;
  /** The key's file as it stands, to be put in; null: without. */
  key: string | null;
  onProgress?: (what: string) => void;
}

/** A backup that was made, read back and found whole. */
export interface BackupMade {
  file: string;
  sizeBytes: number;
  tables: number;
  rows: number;
  media: number;
  madeAt: Date;
  /** Ids of the keys without which its secrets cannot be read. */
  sealedWith: string[];
}

/**
 * Writes all that Goalpost keeps into one file, as it stood at one moment, beside a running server or without one. It is
 * read back before it gets its name. Independent of the version of PostgreSQL; memory stays flat whatever the size.
 */
export async function writeBackup(options: BackupOptions): Promise<BackupMade> {
  const { file, onProgress = () => undefined } = options;
  const client = new pg.Client({ connectionString: options.ownerUrl });
  client.on('error', () => undefined);
  await client.connect();
  const madeAt = new Date();
  let archive: ArchiveWriter | null = null;
  try {
    await client.query(plainText);
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
    const head = await describe(client, options, madeAt);
    archive = await createArchive(file, madeAt);
    const tables = await listTables(client);
    const manifest: Manifest = { head, tables: [], sequences: await readSequences(client, tables), files: [] };
    manifest.files.push(await archive.add(headName, asJson(head)));
    for (const table of tables) {
      onProgress(table.name);
      const { files, rows } = await writeRows(client, archive, table);
      manifest.files.push(...files);
      manifest.tables.push({ ...table, rows });
    }
    await client.query('COMMIT');
    if (options.media) manifest.files.push(...(await writeMedia(archive, options.media, onProgress)));
    if (options.key !== null) manifest.files.push(await archive.add(keyName, Buffer.from(options.key)));
    const written = asJson(manifest);
    await archive.add(manifestName, written);
    await archive.add(sealName, Buffer.from(`${createHash('sha256').update(written).digest('hex')}\n`));
    const draft = await archive.close();
    onProgress('reading it back');
    const { sizeBytes } = await verifyBackup(draft);
    await archive.keep();
    const rows = manifest.tables.reduce((sum, table) => sum + table.rows, 0);
    const media = manifest.files.filter((it) => it.medium).length;
    return { file, sizeBytes, tables: manifest.tables.length, rows, media, madeAt, sealedWith: head.sealedWith };
  } finally {
    await archive?.drop();
    await client.end().catch(() => undefined);
  }
}

async function describe(client: pg.Client, options: BackupOptions, madeAt: Date): Promise<Head> {
  const migrations = await readMigrationsOf(client);
  if (migrations.length === 0) throw new StartRefusal('There is no Goalpost in this database yet: nothing to back up.');
  const { rows } = await client.query<{ version: string }>(`SELECT current_setting('server_version') AS version`);
  return {
    goalpostBackup: FORM,
    version: options.version,
    madeAt: madeAt.toISOString(),
    postgres: rows[0]?.version ?? '',
    migrations,
    sealedWith: await findSealedWith(client),
    holdsKey: options.key !== null,
    holdsMedia: options.media !== null,
  };
}

async function readSequences(client: pg.Client, tables: readonly Table[]): Promise<Manifest['sequences']> {
  const { rows } = await client.query<{ name: string; value: string }>(
    `SELECT schemaname || '.' || sequencename AS name, last_value::text AS value FROM pg_sequences
     JOIN pg_depend d ON d.objid = format('%I.%I', schemaname, sequencename)::regclass AND d.deptype IN ('a', 'i')
       AND d.classid = 'pg_class'::regclass AND d.refclassid = 'pg_class'::regclass
     JOIN pg_class c ON c.oid = d.refobjid JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE n.nspname || '.' || c.relname = ANY ($1) AND last_value IS NOT NULL ORDER BY 1`,
    [tables.map(({ name }) => name)],
  );
  return rows;
}

async function writeMedia(
  archive: ArchiveWriter,
  shelf: MediaShelf,
  onProgress: (what: string) => void,
): Promise<Manifest['files']> {
  const files: (WrittenFile & { medium: { key: string; mime: string | null } })[] = [];
  for await (const key of shelf.keys()) {
    const stored = await shelf.get(key);
    // Deleted while the backup was being written.
    if (!stored) continue;
    if (files.length % 100 === 0) onProgress(`pictures (${files.length})`);
    const body = { sizeBytes: stored.sizeBytes, stream: stored.stream() as AsyncIterable<Buffer> };
    files.push({
      ...(await archive.add(archiveName('media', key), body)),
      medium: { key, mime: stored.mime },
    });
  }
  return files;
}

const asJson = (value: Head | Manifest): Buffer => Buffer.from(`${JSON.stringify(value, null, 1)}\n`);
