import type { Readable } from 'node:stream';
import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate } from 'node:zlib';

type Read = { ok: true; bytes: Uint8Array } | { ok: false; reason: 'too-large' | 'response' };

/** Reads a body up to a limit, which holds for what arrives and for what it unpacks to. Lets go of a larger one. */
export async function readBody(body: Readable, headers: Record<string, string>, maxBytes: number): Promise<Read> {
  const packed = await readUpTo(body, Number(headers['content-length'] ?? 0), maxBytes);
  if (!packed) return { ok: false, reason: 'too-large' };
  const encoding = (headers['content-encoding'] ?? 'identity').trim().toLowerCase();
  if (encoding === 'identity' || packed.byteLength === 0) return { ok: true, bytes: packed };
  const unpack = unpackers.get(encoding);
  if (!unpack) return { ok: false, reason: 'response' };
  try {
    return { ok: true, bytes: new Uint8Array(await unpack(packed, { maxOutputLength: maxBytes })) };
  } catch (error) {
    const isLarge = error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE';
    return { ok: false, reason: isLarge ? 'too-large' : 'response' };
  }
}

const unpackers = new Map<string, (packed: Uint8Array, limits: { maxOutputLength: number }) => Promise<Buffer>>([
  ['gzip', promisify(gunzip)],
  ['x-gzip', promisify(gunzip)],
  ['deflate', promisify(inflate)],
  ['br', promisify(brotliDecompress)],
]);

async function readUpTo(body: Readable, announcedBytes: number, maxBytes: number): Promise<Uint8Array | null> {
  if (announcedBytes > maxBytes) {
    letGo(body);
    return null;
  }
  const chunks: Uint8Array[] = [];
  let sizeBytes = 0;
  for await (const chunk of body) {
    sizeBytes += chunk.byteLength;
    if (sizeBytes > maxBytes) {
      letGo(body);
      return null;
    }
    chunks.push(chunk);
  }
  return new Uint8Array(Buffer.concat(chunks));
}

function letGo(body: Readable): void {
  body.on('error', () => {});
  body.destroy();
}
