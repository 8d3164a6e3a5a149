import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type pg from 'pg';
import type { ArchiveWriter, WrittenFile } from './archive-writer.ts';
import { quotedName, quotedTable, type Table } from './list-tables.ts';
import { rowsName } from './manifest.ts';

const squeeze = promisify(gzip);

/** Rows of one question. */
const FETCH = 500;
/** About how much of a table is one file: this is what stands in memory at once. */
const STRETCH_BYTES = 1024 ** 2;

/**
 * Writes a table's rows into the archive, as the caller's transaction sees them: every value as the text PostgreSQL writes
 * it, which every version of it reads. Returns the files and how many rows there were.
 */
export async function writeRows(
  client: pg.Client,
  archive: ArchiveWriter,
  { name, columns }: Table,
): Promise<{ files: WrittenFile[]; rows: number }> {
  const texts = columns.map((column) => `${quotedName(column.name)}::text`).join(', ');
  await client.query(
    `DECLARE held NO SCROLL CURSOR FOR SELECT to_json(ARRAY[${texts}])::text AS line FROM ${quotedTable(name)}`,
  );
  const files: WrittenFile[] = [];
  let lines: string[] = [];
  let bytes = 0;
  let rows = 0;
  const flush = async () => {
    const packed = await squeeze(Buffer.from(`${lines.join('\n')}\n`), { level: 6 });
    files.push(await archive.add(rowsName(name, files.length + 1), packed));
    lines = [];
    bytes = 0;
  };
  for (;;) {
    const fetched = await client.query<{ line: string }>(`FETCH ${FETCH} FROM held`);
    for (const { line } of fetched.rows) {
      lines.push(line);
      bytes += line.length;
      rows += 1;
      if (bytes >= STRETCH_BYTES) await flush();
    }
    if (fetched.rows.length < FETCH) break;
  }
  if (lines.length > 0) await flush();
  await client.query('CLOSE held');
  return { files, rows };
}
