import { Readable } from 'node:stream';
import type { StoredFile } from '#server/platform/storage/index.ts';

/**
 * Answers with a kept file, or with the one range of it that was asked for: players of videos ask piece by piece, and
 * some play nothing else. What is asked for otherwise is answered whole.
 */
export async function answerFile(
  request: Request,
  file: StoredFile,
  headers: Record<string, string>,
): Promise<Response> {
  const whole = { ...headers, 'content-length': String(file.sizeBytes) };
  const range = readRange(request.headers.get('range'), file.sizeBytes);
  if (range === null) {
    if (file.sizeBytes <= WHOLE_BYTES) return new Response(new Uint8Array(await file.bytes()), { headers: whole });
    return new Response(webStreamOf(file, { start: 0, end: file.sizeBytes - 1 }), { headers: whole });
  }
  if (range === 'beyond') {
    const refused = new Headers({ ...headers, 'content-range': `bytes */${file.sizeBytes}` });
    // The file may be kept for good, what was said of one call may not.
    refused.set('cache-control', 'no-store');
    return new Response(null, { status: 416, headers: refused });
  }
  const { start, end } = range;
  return new Response(webStreamOf(file, range), {
    status: 206,
    headers: {
      ...headers,
      'content-length': String(end - start + 1),
      'content-range': `bytes ${start}-${end}/${file.sizeBytes}`,
    },
  });
}

/** Up to this a file is read before it is sent. Whoever asks and reads nothing holds no more than that. */
const WHOLE_BYTES = 256 * 1024;

interface Range {
  start: number;
  /** Included. */
  end: number;
}

function readRange(header: string | null, sizeBytes: number): Range | 'beyond' | null {
  const [, from, to] = /^bytes=(\d*)-(\d*)$/.exec(header ?? '') ?? [];
  if (from === undefined || to === undefined || (from === '' && to === '')) return null;
  if (from !== '' && to !== '' && Number(from) > Number(to)) return null;
  const start = from === '' ? Math.max(0, sizeBytes - Number(to)) : Number(from);
  const end = from === '' || to === '' ? sizeBytes - 1 : Math.min(Number(to), sizeBytes - 1);
  return start > end ? 'beyond' : { start, end };
}

function webStreamOf(file: StoredFile, range: Range): ReadableStream<Uint8Array> {
  return Readable.toWeb(file.stream(range)) as ReadableStream<Uint8Array>;
}
