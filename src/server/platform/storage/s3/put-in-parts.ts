import type { Readable } from 'node:stream';
import { StorageAway } from '../storage.ts';
import type { CallS3 } from './call-s3.ts';
import { readElement } from './read-xml.ts';

/** Largest piece that is held in memory and sent or read at once. S3 wants parts of 5 MiB at least, 10,000 at most. */
export const PIECE_BYTES = 8 * 1024 * 1024;

interface Written {
  key: string;
  body: Uint8Array | Readable;
  mime: string;
}

/**
 * Writes a file: in one go when it fits into a piece, else in parts that become a file when all are there. A stream is
 * closed then, also where it could not be written.
 */
export async function putInParts(call: CallS3, { key, body, mime }: Written): Promise<void> {
  const pieces = cutIntoPieces(body);
  try {
    await putPieces(call, { key, mime, pieces });
  } finally {
    // Closes the stream, and so the file that it reads.
    await pieces.return(undefined);
  }
}

async function putPieces(
  call: CallS3,
  { key, mime, pieces }: { key: string; mime: string; pieces: AsyncGenerator<Uint8Array, undefined> },
): Promise<void> {
  const first = (await pieces.next()).value ?? new Uint8Array();
  const second = first.byteLength < PIECE_BYTES ? null : (await pieces.next()).value;
  const headers = { 'content-type': mime };
  if (!second) {
    assertWritten(key, await call({ method: 'PUT', key, headers, body: first }));
    return;
  }
  const begun = await call({ method: 'POST', key, query: { uploads: '' }, headers });
  const uploadId = readElement(begun.text(), 'UploadId');
  if (!uploadId) throw new StorageAway(key, 'no-upload-id');
  try {
    await sendParts(call, { key, uploadId, first, second, pieces });
  } catch (error) {
    await call({ method: 'DELETE', key, query: { uploadId }, attempts: 1 }).catch(() => undefined);
    throw error;
  }
}

async function sendParts(
  call: CallS3,
  options: {
    key: string;
    uploadId: string;
    first: Uint8Array;
    second: Uint8Array;
    pieces: AsyncGenerator<Uint8Array>;
  },
): Promise<void> {
  const { key, uploadId, first, second, pieces } = options;
  const etags: string[] = [];
  const send = async (body: Uint8Array): Promise<void> => {
    const partNumber = String(etags.length + 1);
    const answer = await call({ method: 'PUT', key, query: { partNumber, uploadId }, body });
    assertWritten(key, answer);
    etags.push(answer.headers['etag'] ?? '');
  };
  await send(first);
  await send(second);
  for await (const piece of pieces) await send(piece);
  const parts = etags.map((etag, at) => `<Part><PartNumber>${at + 1}</PartNumber><ETag>${etag}</ETag></Part>`);
  const list = Buffer.from(`<CompleteMultipartUpload>${parts.join('')}</CompleteMultipartUpload>`);
  const headers = { 'content-type': 'application/xml' };
  const answer = await call({ method: 'POST', key, query: { uploadId }, headers, body: list, timeoutMs: 120_000 });
  // An answer that was lost: asked again, the server knows the upload no longer, because the file is there.
  if (answer.status === 404 && (await call({ method: 'HEAD', key })).status === 200) return;
  assertWritten(key, answer);
}

function assertWritten(key: string, { status }: { status: number }): void {
  if (status >= 300) throw new StorageAway(key, `not-written ${status}`);
}

/** Pieces of equal size, the last one may be smaller. A file of nothing is no piece. */
async function* cutIntoPieces(body: Uint8Array | Readable): AsyncGenerator<Uint8Array, undefined> {
  if (body instanceof Uint8Array) {
    for (let at = 0; at < body.byteLength; at += PIECE_BYTES) yield body.subarray(at, at + PIECE_BYTES);
    return;
  }
  let held: Uint8Array[] = [];
  let heldBytes = 0;
  for await (const chunk of body as AsyncIterable<Uint8Array>) {
    let rest = chunk;
    while (heldBytes + rest.byteLength >= PIECE_BYTES) {
      const room = PIECE_BYTES - heldBytes;
      yield Buffer.concat([...held, rest.subarray(0, room)]);
      rest = rest.subarray(room);
      held = [];
      heldBytes = 0;
    }
    if (rest.byteLength > 0) held.push(rest);
    heldBytes += rest.byteLength;
  }
  if (heldBytes > 0) yield Buffer.concat(held);
}
