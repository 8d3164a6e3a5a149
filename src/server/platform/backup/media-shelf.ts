import type { Readable } from 'node:stream';
import { createDiskStorage, type Storage, UPLOADS } from '#server/platform/storage/index.ts';

/** Where pictures are read from for a backup, and put by a restore. */
export interface MediaShelf {
  /** Keys of everything that is kept there. */
  keys(): AsyncIterable<string>;
  get: Storage['get'];
  put: (key: string, body: Readable, meta: { mime: string }) => Promise<void>;
}

/** What a storage keeps, without uploads that are under way. */
export function shelfOf(storage: Storage): MediaShelf {
  return {
    async *keys() {
      for await (const { key } of storage.list()) if (!key.startsWith(UPLOADS)) yield key;
    },
    get: (key) => storage.get(key),
    put: (key, body, meta) => storage.put(key, body, meta),
  };
}

/** Pictures on this machine's own disk. */
export const createDiskShelf = (folder: string): MediaShelf => shelfOf(createDiskStorage({ folder }));
