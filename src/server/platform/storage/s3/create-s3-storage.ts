import { Readable } from 'node:stream';
import type { S3Source } from '../../config/index.ts';
import type { Egress } from '../../egress/index.ts';
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

/**
 * Keeps files in a bucket of an S3 server. What is large goes and comes in pieces of 8 MB, each signed with its hash
 * and repeated by itself, so memory stays flat and a broken line costs a piece. A file that is replaced while it is read
 * fails the read.
 */
export function createS3Storage(source: S3Source, send: Egress['fetch']): Storage {
  const call = createCallS3(source, send);
  return {
    async put(key, body, { mime }) {
      assertStorageKey(key);
      await putInParts(call, { key, body, mime });
    },
    async get(key) {
      assertStorageKey(key);
      const headers = await findHeaders(call, key);
      return headers && describeFile(call, key, headers);
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

function describeFile(call: CallS3, key: string, headers: Record<string, string>): StoredFile {
  const sizeBytes = Number(headers['content-length']);
  const etag = headers['etag'] ?? null;
  const stream = (range: ByteRange = { start: 0, end: sizeBytes - 1 }) =>
    Readable.from(readPieces(call, { key, etag, range }), { objectMode: false });
  return {
    sizeBytes,
    mime: headers['content-type'] ?? null,
    stream,
    async bytes() {
      const pieces: Uint8Array[] = [];
      for await (const piece of readPieces(call, { key, etag, range: { start: 0, end: sizeBytes - 1 } }))
        pieces.push(piece);
      return new Uint8Array(Buffer.concat(pieces));
    },
  };
}

async function* readPieces(
  call: CallS3,
  { key, etag, range }: { key: string; etag: string | null; range: ByteRange },
): AsyncGenerator<Uint8Array> {
  for (let at = range.start; at <= range.end; at += PIECE_BYTES) {
    const end = Math.min(at + PIECE_BYTES - 1, range.end);
    const answer = await call({
      method: 'GET',
      key,
      headers: { range: `bytes=${at}-${end}`, ...(etag ? { 'if-match': etag } : {}) },
      maxBytes: PIECE_BYTES + 1,
      readBytes: end - at + 1,
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
