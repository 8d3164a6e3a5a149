import { Readable } from 'node:stream';
import type { S3Source } from '../../config/index.ts';
import type { Egress } from '../../egress/index.ts';
import { limitAtOnce } from '../../jobs/limit-at-once.ts';
import {
  assertStorageKey,
  type ByteRange,
  isOwnKey,
  type ListedFile,
  type Storage,
  StorageAway,
  type StoredFile,
} from '../storage.ts';
import { type CallS3, createCallS3 } from './call-s3.ts';
import { PIECE_BYTES, putInParts } from './put-in-parts.ts';
import { readElement, readElements } from './read-xml.ts';

/** How much of a file is asked for at once for somebody who may read slowly, or not at all. */
const SERVED_BYTES = 256 * 1024;
/** What is handed on at once of that. */
const CHUNK_BYTES = 64 * 1024;
/** How many pieces are on their way to readers at once. */
const PIECES_AT_ONCE = 32;

export interface S3Reading {
  /** How much of a file a stream asks for at once; 256 kB when absent. A reader that stalls holds two such pieces. */
  pieceBytes?: number;
}

/**
 * Keeps files in a bucket of an S3 server. What is large goes in pieces of 8 MB and comes in smaller ones, each signed
 * with its hash and repeated by itself, so memory stays flat and a broken line costs a piece. A file that is replaced
 * while it is read fails the read.
 */
export function createS3Storage(
  source: S3Source,
  send: Egress['fetch'],
  { pieceBytes = SERVED_BYTES }: S3Reading = {},
): Storage {
  const call = createCallS3(source, send);
  const limit = limitAtOnce(PIECES_AT_ONCE);
  const read: CallS3 = (request) => limit(() => call(request));
  return {
    async put(key, body, { mime }) {
      assertStorageKey(key);
      await putInParts(call, { key, body, mime });
    },
    async get(key) {
      assertStorageKey(key);
      const headers = await findHeaders(call, key);
      return headers && describeFile(read, { key, headers, pieceBytes });
    },
    async delete(key) {
      assertStorageKey(key);
      await call({ method: 'DELETE', key });
    },
    async exists(key) {
      assertStorageKey(key);
      return (await findHeaders(call, key)) !== null;
    },
    list: (prefix = '') => list(call, source.prefix, prefix),
  };
}

/** Null when there is no such file. */
async function findHeaders(call: CallS3, key: string): Promise<Record<string, string> | null> {
  const answer = await call({ method: 'HEAD', key });
  if (answer.status === 200) return answer.headers;
  // Without a body nobody says whether the file is missing or the whole bucket: the latter throws here.
  await call({ method: 'GET', key, headers: { range: 'bytes=0-0' } });
  return null;
}

function describeFile(
  call: CallS3,
  { key, headers, pieceBytes }: { key: string; headers: Record<string, string>; pieceBytes: number },
): StoredFile {
  const sizeBytes = Number(headers['content-length']);
  const of = { key, etag: headers['etag'] ?? null };
  const whole = { start: 0, end: sizeBytes - 1 };
  return {
    sizeBytes,
    mime: headers['content-type'] ?? null,
    stream: (range = whole) => streamPieces(call, { ...of, range, pieceBytes }),
    async bytes() {
      // All of it is held anyway.
      const pieces = await Array.fromAsync(readPieces(call, { ...of, range: whole, pieceBytes: PIECE_BYTES }));
      return new Uint8Array(Buffer.concat(pieces));
    },
  };
}

interface Reading {
  key: string;
  etag: string | null;
  range: ByteRange;
  pieceBytes: number;
}

/** Asks for the next piece when the one before is read; nothing goes on for a reader that has gone. */
function streamPieces(call: CallS3, reading: Reading): Readable {
  const leaving = new AbortController();
  const chunks = cutSmall(readPieces(call, { ...reading, signal: leaving.signal }));
  const stream: Readable = new Readable({
    highWaterMark: CHUNK_BYTES,
    read() {
      chunks.next().then(
        ({ value }) => stream.push(value ?? null),
        (error: Error) => stream.destroy(error),
      );
    },
    destroy(error, done) {
      leaving.abort();
      done(error);
    },
  });
  return stream;
}

async function* cutSmall(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, undefined> {
  for await (const piece of pieces)
    for (let at = 0; at < piece.byteLength; at += CHUNK_BYTES) yield piece.subarray(at, at + CHUNK_BYTES);
}

async function* readPieces(
  call: CallS3,
  { key, etag, range, pieceBytes, signal }: Reading & { signal?: AbortSignal },
): AsyncGenerator<Uint8Array> {
  for (let at = range.start; at <= range.end; at += pieceBytes) {
    const end = Math.min(at + pieceBytes - 1, range.end);
    const answer = await call({
      method: 'GET',
      key,
      headers: { range: `bytes=${at}-${end}`, ...(etag ? { 'if-match': etag } : {}) },
      maxBytes: pieceBytes + 1,
      readBytes: end - at + 1,
      ...(signal ? { signal } : {}),
    });
    // Deleted, or replaced by another, since its size was asked for.
    if (answer.status !== 206 && answer.status !== 200)
      throw new StorageAway(key, `changed-meanwhile ${answer.status}`);
    if (answer.body.byteLength !== end - at + 1) throw new StorageAway(key, 'range-not-heeded');
    yield answer.body;
  }
}

async function* list(call: CallS3, own: string, prefix: string): AsyncGenerator<ListedFile> {
  let token: string | null = null;
  do {
    const answer = await call({
      method: 'GET',
      query: {
        ...(token === null ? {} : { 'continuation-token': token }),
        'list-type': '2',
        prefix: own + prefix,
      },
      maxBytes: 4 * 1024 * 1024,
    });
    const xml = answer.text();
    for (const entry of readElements(xml, 'Contents')) {
      const key = (readElement(entry, 'Key') ?? '').slice(own.length);
      const changedAt = new Date(readElement(entry, 'LastModified') ?? 0);
      if (isOwnKey(key)) yield { key, sizeBytes: Number(readElement(entry, 'Size')), changedAt };
    }
    token = readElement(xml, 'IsTruncated') === 'true' ? readElement(xml, 'NextContinuationToken') : null;
  } while (token !== null);
}
