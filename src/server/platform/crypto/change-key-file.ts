import { randomBytes, randomUUID } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { loadKeys, type VaultKey, writeKeyLines } from './load-keys.ts';

/**
 * Puts a new key before the ones of the file, so that it seals from now on and the others still open. A file that
 * already holds several is one whose change was not finished: it stays as it is.
 */
export async function addKey(path: string): Promise<readonly VaultKey[]> {
  const keys = await loadKeys({ kind: 'file', path });
  if (keys.length === 1) await replaceKeys(path, [randomBytes(32), ...keys.map(({ bytes }) => bytes)]);
  return loadKeys({ kind: 'file', path });
}

/** Takes all keys but the current one out of the file. */
export async function dropOldKeys(path: string): Promise<void> {
  const [current] = await loadKeys({ kind: 'file', path });
  if (current) await replaceKeys(path, [current.bytes]);
}

/** Writes beside and puts it in place at once, on the disk for good before the old one is gone. */
async function replaceKeys(path: string, keys: readonly Uint8Array[]): Promise<void> {
  const draft = join(dirname(path), `.key-${randomUUID()}`);
  try {
    const file = await open(draft, 'wx', 0o600);
    try {
      await file.writeFile(writeKeyLines(keys));
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(draft, path);
    const folder = await open(dirname(path), 'r');
    await folder.sync().catch(() => undefined);
    await folder.close();
  } finally {
    await rm(draft, { force: true });
  }
}
