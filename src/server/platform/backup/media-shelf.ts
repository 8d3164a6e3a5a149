import { readdir } from 'node:fs/promises';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { assertStorageKey, createDiskStorage, type Storage, StorageKeyError } from '#server/platform/storage/index.ts';

/** Where pictures are read from for a backup, and put by a restore. */
export interface MediaShelf {
  /** Keys of everything that is kept there. */
  keys(): AsyncIterable<string>;
  get: Storage['get'];
  put: (key: string, body: Readable, meta: { mime: string }) => Promise<void>;
}

/** Pictures on this machine's own disk. */
export function createDiskShelf(folder: string): MediaShelf {
  const storage = createDiskStorage({ folder });
  return {
    keys: () => walk(folder, ''),
    get: (key) => storage.get(key),
    put: (key, body, meta) => storage.put(key, body, meta),
  };
}

/** Drafts and types begin with a dot, which no key does. */
async function* walk(folder: string, within: string): AsyncGenerator<string> {
  const entries = await readdir(path.join(folder, within), { withFileTypes: true }).catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  });
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const key = within === '' ? entry.name : `${within}/${entry.name}`;
    if (entry.isDirectory() && !entry.name.startsWith('.')) yield* walk(folder, key);
    else if (entry.isFile() && isKey(key)) yield key;
  }
}

function isKey(key: string): boolean {
  try {
    assertStorageKey(key);
    return true;
  } catch (error) {
    if (error instanceof StorageKeyError) return false;
    throw error;
  }
}
