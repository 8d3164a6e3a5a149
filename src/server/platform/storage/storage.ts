import type { Readable } from 'node:stream';

/** What is kept beside the bytes. */
export interface StoredMeta {
  mime: string;
}

/** A stretch of a file in bytes; `end` is included. */
export interface ByteRange {
  start: number;
  end: number;
}

export interface StoredFile {
  sizeBytes: number;
  /** Null when it was written without, by hand say. */
  mime: string | null;
  /** Opens the bytes, or a stretch of them; may be called more than once. */
  stream(range?: ByteRange): Readable;
  bytes(): Promise<Uint8Array>;
}

/** A file by its key alone. */
export interface ListedFile {
  key: string;
  sizeBytes: number;
  changedAt: Date;
}

/**
 * Keeps files under keys such as `workspace/medium/original.webp`: small letters, digits, dots, dashes and underscores
 * between slashes. Any other key throws. A file is there whole or not at all. A storage on another machine throws
 * `StorageAway` while that cannot be asked.
 */
export interface Storage {
  /**
   * Writes a file; one that is there under the key is replaced. Resolves when it will survive a crash. A stream is closed
   * in any case.
   */
  put(key: string, body: Uint8Array | Readable, meta: StoredMeta): Promise<void>;
  /** Null when there is no such file. */
  get(key: string): Promise<StoredFile | null>;
  /** Deletes a file; that it is gone already is no failure. */
  delete(key: string): Promise<void>;
  exists(key: string): Promise<boolean>;
  /**
   * Every file of Goalpost's whose key begins with the prefix, one after the other; what comes and goes meanwhile may be
   * missed. Files of others in the same folder or bucket are never listed, see `isOwnKey`.
   */
  list(prefix?: string): AsyncIterable<ListedFile>;
}

/** A key that could lead out of the storage, or that some storage could not keep. */
export class StorageKeyError extends Error {
  constructor() {
    super('This is not a key of a stored file.');
    this.name = 'StorageKeyError';
  }
}

/**
 * The storage cannot be asked now: it does not answer, or refuses us whatever we ask. Nothing is known of the file. What
 * was asked for may be asked again later.
 */
export class StorageAway extends Error {
  readonly code = 'STORAGE_AWAY';
  /** Why, as a status or an error code; never words of the other side. */
  readonly said: string;

  constructor(place: string, said: string) {
    super(`The storage at ${place} cannot be used now (${said}).`);
    this.name = 'StorageAway';
    this.said = said;
  }
}

/** What the keys of uploads under way begin with: never backed up or moved, and gone within a day. */
export const UPLOADS = 'uploads/';

/** After how long whoever met `StorageAway` may ask again. */
export const AWAY_RETRY_SECONDS = 30;

const part = /^[a-z0-9_-][a-z0-9._-]{0,99}$/;

/** Whether every part of a key is a plain name. */
const isStorageKey = (key: string): boolean => key.length <= 400 && key.split('/').every((name) => part.test(name));

const uuid = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';
const ownForms = new RegExp(
  `^(?:${uuid}/${uuid}/[a-z0-9._-]+|page/[0-9a-f]{2}/[0-9a-f]{64}\\.[a-z0-9]+|${UPLOADS}${uuid}/${uuid}/\\d{12}-${uuid})$`,
);

/**
 * Whether a key has one of the forms that Goalpost writes: a medium's file, a picture of an own page, a part of an upload.
 * What lies beside them, another program's in a shared bucket say, is neither deleted, moved nor backed up.
 */
export const isOwnKey = (key: string): boolean => isStorageKey(key) && ownForms.test(key);

/** Throws unless every part of a key is a plain name. */
export function assertStorageKey(key: string): void {
  if (!isStorageKey(key)) throw new StorageKeyError();
}
