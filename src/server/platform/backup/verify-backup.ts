import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { StartRefusal } from '../db/index.ts';
import { Head, headName, Manifest, manifestName, sealName, tableOf } from './manifest.ts';
import { readTar, TarBroken } from './tar.ts';

const gunzipAll = promisify(gunzip);

/** More than any stretch of rows can be, and less than would do harm. */
const EXPANDED_BYTES = 1024 ** 3;

/** The rows of one file, a line each. */
export const expandRows = (bytes: Buffer): Promise<Buffer> => gunzipAll(bytes, { maxOutputLength: EXPANDED_BYTES });

/** A backup that was found whole. */
export interface Verified {
  manifest: Manifest;
  sizeBytes: number;
}

/** The file is no backup, was damaged, or is from a later form. */
export class BackupBroken extends StartRefusal {
  override name = 'BackupBroken';
}

/**
 * Reads a backup from its beginning to its end and holds every byte against the manifest: sizes, SHA-256, how many rows
 * each table has. Throws `BackupBroken` that says what is wrong.
 */
export async function verifyBackup(file: string): Promise<Verified> {
  const found = new Map<string, { sizeBytes: number; sha256: string }>();
  const rows = new Map<string, number>();
  let head: Head | null = null;
  let manifest: { said: Buffer; sha256: string } | null = null;
  let seal = '';
  try {
    for await (const { name, sizeBytes, body } of readTar(createReadStream(file, { highWaterMark: 64 * 1024 }))) {
      if (head === null && name !== headName) throw new BackupBroken(`${file} is no backup of Goalpost.`);
      const table = tableOf(name);
      const isSmall = [headName, manifestName, sealName].includes(name);
      const { sha256, bytes } = await read(body, table !== null || isSmall);
      if (found.has(name)) throw new BackupBroken(`${file} holds ${name} twice.`);
      found.set(name, { sizeBytes, sha256 });
      if (table !== null)
        rows.set(table, (rows.get(table) ?? 0) + countLines(await expandRows(bytes).catch(() => Buffer.alloc(0))));
      if (name === headName) head = readHead(bytes);
      if (name === manifestName) manifest = { said: bytes, sha256 };
      if (name === sealName) seal = bytes.toString('utf8');
    }
  } catch (error) {
    if (error instanceof TarBroken) throw new BackupBroken(`${file}: ${error.message}`, { cause: error });
    throw error;
  }
  if (!manifest || seal !== `${manifest.sha256}\n`)
    throw new BackupBroken(`${file} is not whole: its list of contents is missing or was changed.`);
  const listed = Manifest.parse(parseJson(manifest.said));
  for (const name of [manifestName, sealName]) found.delete(name);
  for (const { name, sizeBytes, sha256 } of listed.files) {
    const there = found.get(name);
    if (!there || there.sizeBytes !== sizeBytes || there.sha256 !== sha256)
      throw new BackupBroken(`${file} is damaged: ${name} ${there ? 'was changed' : 'is missing'}.`);
    found.delete(name);
  }
  for (const name of found.keys()) throw new BackupBroken(`${file} holds ${name}, which its list does not name.`);
  for (const table of listed.tables)
    if ((rows.get(table.name) ?? 0) !== table.rows)
      throw new BackupBroken(
        `${file} is damaged: ${table.name} has ${rows.get(table.name) ?? 0} rows, not ${table.rows}.`,
      );
  return { manifest: listed, sizeBytes: (await stat(file)).size };
}

/** The first words of a backup, without reading the rest. Throws `BackupBroken`. */
export async function readBackupHead(file: string): Promise<Head> {
  try {
    for await (const { name, body } of readTar(createReadStream(file))) {
      if (name !== headName) break;
      return readHead((await read(body, true)).bytes);
    }
  } catch (error) {
    if (error instanceof TarBroken) throw new BackupBroken(`${file}: ${error.message}`, { cause: error });
    throw error;
  }
  throw new BackupBroken(`${file} is no backup of Goalpost.`);
}

function readHead(bytes: Buffer): Head {
  const head = Head.safeParse(parseJson(bytes));
  if (head.success) return head.data;
  throw new BackupBroken('This backup was made by a newer Goalpost, whose form this one does not know. Update first.');
}

function parseJson(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch (error) {
    throw new BackupBroken('The backup is damaged: one of its lists cannot be read.', { cause: error });
  }
}

async function read(body: AsyncIterable<Buffer>, keep: boolean): Promise<{ sha256: string; bytes: Buffer }> {
  const hash = createHash('sha256');
  const pieces: Buffer[] = [];
  for await (const piece of body) {
    hash.update(piece);
    if (keep) pieces.push(piece);
  }
  return { sha256: hash.digest('hex'), bytes: Buffer.concat(pieces) };
}

function countLines(text: Buffer): number {
  let count = 0;
  for (let at = text.indexOf(10); at >= 0; at = text.indexOf(10, at + 1)) count += 1;
  return count;
}
