import type { Readable } from 'node:stream';

/** What is kept beside the bytes. */
export interface StoredMeta {
  mime: string;
}

export interface StoredFile {
  sizeBytes: number;
  /** Null when it was written without, by hand say. */
  mime: string | null;
  /** Opens the bytes; may be called more than once. */
  stream(): Readable;
  bytes(): Promise<Uint8Array>;
}

/**
 * Keeps files under keys such as `workspace/medium/original.webp`: small letters, digits, dots, dashes and underscores
 * between slashes. Any other key throws. A file is there whole or not at all.
 */
export interface Storage {
  /** Writes a file; one that is there under the key is replaced. Resolves when it will survive a crash. */
  put(key: string, body: Uint8Array | Readable, meta: StoredMeta): Promise<void>;
  /** Null when there is no such file. */
  get(key: string): Promise<StoredFile | null>;
  /** Deletes a file; that it is gone already is no failure. */
  delete(key: string): Promise<void>;
  exists(key: string): Promise<boolean>;
}

/** A key that could lead out of the storage, or that some storage could not keep. */
export class StorageKeyError extends Error {
  constructor() {
    super('This is not a key of a stored file.');
    this.name = 'StorageKeyError';
  }
}

const part = /^[a-z0-9_-][a-z0-9._-]{0,99}$/;

/** Throws unless every part of a key is a plain name. */
export function assertStorageKey(key: string): void {
  if (key.length > 400 || !key.split('/').every((name) => part.test(name))) throw new StorageKeyError();
}
