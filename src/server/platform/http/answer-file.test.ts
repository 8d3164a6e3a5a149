import { Readable } from 'node:stream';
import { expect, test } from 'vitest';
import { answerFile } from './answer-file.ts';

const bytes = new TextEncoder().encode('0123456789');
const file = {
  sizeBytes: bytes.byteLength,
  mime: 'video/mp4',
  stream: (range?: { start: number; end: number }) =>
    Readable.from([range ? bytes.subarray(range.start, range.end + 1) : bytes], { objectMode: false }),
  bytes: async () => bytes,
};
const ask = (range: string) =>
  answerFile(new Request('http://localhost/', { headers: { range } }), file, {
    'Cache-Control': 'public, max-age=31536000, immutable',
    'Content-Type': 'video/mp4',
  });

test.each([
  ['bytes=2-4', '234'],
  ['bytes=7-', '789'],
  ['bytes=8-99', '89'],
  ['bytes=-3', '789'],
])('gives the piece %s', async (range, piece) => {
  const answer = await ask(range);
  expect([answer.status, await answer.text()]).toEqual([206, piece]);
});

test.each(['bytes=5-2', 'bytes=99-2', 'bytes=-', 'bytes=1-2,4-5', 'lines=1-2'])(
  'gives the whole where %s means nothing',
  async (range) => {
    const answer = await ask(range);
    expect([answer.status, await answer.text()]).toEqual([200, '0123456789']);
  },
);

test.each(['bytes=10-', 'bytes=99-100', 'bytes=-0'])('says how long it is where %s lies beyond', async (range) => {
  const answer = await ask(range);
  expect([answer.status, answer.headers.get('content-range')]).toEqual([416, 'bytes */10']);
  // Only the file itself stays as it is.
  expect(answer.headers.get('cache-control')).toBe('no-store');
});

test('reads nothing whole beforehand for one who may never read it, unless it is small', async () => {
  const bytes = new Uint8Array(300 * 1024);
  const large = {
    sizeBytes: bytes.byteLength,
    mime: 'image/png',
    stream: () => Readable.from([bytes], { objectMode: false }),
    bytes: async () => {
      throw new Error('read whole');
    },
  };
  const answer = await answerFile(new Request('http://localhost/'), large, {});
  expect([answer.status, answer.headers.get('content-length')]).toEqual([200, String(bytes.byteLength)]);
  expect((await answer.arrayBuffer()).byteLength).toBe(bytes.byteLength);
});
