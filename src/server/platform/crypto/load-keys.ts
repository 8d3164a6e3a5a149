import { createHash, hkdfSync, randomBytes, randomUUID } from 'node:crypto';
import { link, mkdir, open, readFile, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { VaultError } from './vault-error.ts';

/** A root key. Its id is derived from it, so the same key has the same id wherever it is kept. */
export interface VaultKey {
  id: string;
  bytes: Uint8Array;
}

/** Where keys come from; `config.key` has this shape. In both, the first key is the current one. */
export type KeyPlace = { kind: 'given'; keys: readonly string[] } | { kind: 'file'; path: string };

/**
 * Loads the root keys, the current one first. A key file that is not there is made, readable by its owner only; when two
 * processes start at once, both get the same key. A file that holds anything else than keys is refused, never replaced.
 */
export async function loadKeys(place: KeyPlace): Promise<readonly VaultKey[]> {
  if (place.kind === 'given') return place.keys.map(parseKey);
  return readKeyLines((await readIfThere(place.path)) ?? (await makeKeyFile(place.path)), place.path);
}

/** The keys in a key file's text. */
export function readKeyLines(text: string, path: string): readonly VaultKey[] {
  const lines = text.split('\n').filter((line) => line.trim() !== '' && !line.startsWith('#'));
  if (lines.length === 0) {
    throw new VaultError('key-unreadable', `The key file ${path} is empty. Put the key back from your backup.`);
  }
  return lines.map((line) => parseKey(line.trim()));
}

/** A root key from 32 bytes in base64. */
export function parseKey(base64: string): VaultKey {
  const bytes = new Uint8Array(Buffer.from(base64, 'base64'));
  if (bytes.byteLength !== 32) {
    throw new VaultError('key-unreadable', 'A key is not 32 bytes in base64. Put it back from your backup.');
  }
  const fingerprint = Buffer.from(hkdfSync('sha256', bytes, new Uint8Array(), 'goalpost key id', 32));
  return { id: createHash('sha256').update(fingerprint).digest('hex').slice(0, 8), bytes };
}

async function readIfThere(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw new VaultError('key-unreadable', `The key file ${path} cannot be read.`, { cause: error });
  }
}

/** The text of a key file, the current key first. */
export function writeKeyLines(keys: readonly Uint8Array[]): string {
  const lines = keys.map((bytes) => Buffer.from(bytes).toString('base64'));
  return [
    "# Encrypts the credentials in Goalpost's database. Keep a copy; without it they are lost.",
    ...lines,
    '',
  ].join('\n');
}

/** Writes beside and links into place, so that the file is never half there and the first of two makers wins. */
async function makeKeyFile(path: string): Promise<string> {
  const folder = dirname(path);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const draft = join(folder, `.key-${randomUUID()}`);
  try {
    const file = await open(draft, 'wx', 0o600);
    try {
      await file.writeFile(writeKeyLines([randomBytes(32)]));
      await file.sync();
    } finally {
      await file.close();
    }
    await link(draft, path).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    });
  } finally {
    await rm(draft, { force: true });
  }
  return await readFile(path, 'utf8');
}
