import { randomBytes } from 'node:crypto';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { renderer } from '#server/features/media/index.ts';
import type { Context } from '#server/platform/context/index.ts';
import { createEgress } from '#server/platform/egress/index.ts';
import { createLog } from '#server/platform/log/index.ts';
import { readLinkCard } from './read-link-card.ts';

const egress = createEgress({ allowedRanges: ['127.0.0.1/32'] });
const log = createLog({ level: 'silent' });
// A card asks the house for nothing else.
const context = { house: { fetch: egress.fetch, log }, log } as unknown as Context;

let good = Buffer.alloc(0);
let bomb = Buffer.alloc(0);
/** Answers that were begun and never ended. */
const open = new Set<ServerResponse>();

const pictures: Record<string, (answer: ServerResponse) => void> = {
  good: (answer) => answer.end(good),
  missing: (answer) => answer.writeHead(404).end('not here'),
  empty: (answer) => answer.end(),
  broken: (answer) => answer.end(good.subarray(0, 200)),
  page: (answer) => answer.end('<html><title>Sign in</title></html>'),
  svg: (answer) => answer.end('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'),
  'of very many pixels': (answer) => answer.end(bomb),
  'of very many bytes': (answer) => answer.end(Buffer.concat([good, Buffer.alloc(9 * 1024 * 1024)])),
  endless: (answer) => {
    open.add(answer);
    const more = () => {
      while (!answer.destroyed && answer.write(Buffer.alloc(64 * 1024)));
    };
    answer.on('drain', more);
    more();
  },
  'that never begins': (answer) => void open.add(answer),
  'that stops in the middle': (answer) => {
    open.add(answer);
    answer.writeHead(200, { 'content-length': String(good.length) });
    answer.write(good.subarray(0, 100));
  },
  'cut off': (answer) => {
    answer.writeHead(200, { 'content-length': String(good.length) });
    answer.write(good.subarray(0, 100), () => answer.destroy());
  },
  'behind a ring of redirects': (answer) => answer.writeHead(302, { location: answer.req.url ?? '/' }).end(),
};

const server = createServer((request, answer) => {
  const [, what = '', name = ''] = decodeURIComponent(request.url ?? '').split('/');
  if (what === 'picture') pictures[name]?.(answer);
  else {
    const image = `<meta property="og:image" content="/picture/${encodeURIComponent(name)}">`;
    answer.end(`<title>Bread</title><meta name="description" content="Of rye">${image}`);
  }
});

beforeAll(async () => {
  good = await sharp(randomBytes(600 * 400 * 3), { raw: { width: 600, height: 400, channels: 3 } })
    .jpeg()
    .toBuffer();
  bomb = await sharp({ create: { width: 9_000, height: 9_000, channels: 3, background: '#000' } })
    .png({ compressionLevel: 1 })
    .toBuffer();
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
});
afterAll(async () => {
  renderer.close();
  await egress.close();
  for (const answer of open) answer.destroy();
  server.closeAllConnections();
  server.close();
});

const read = (name: string, more: { cardMs?: number } = {}) =>
  readLinkCard(context, {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/page/${encodeURIComponent(name)}`,
    maxImageBytes: 50_000,
    signal: AbortSignal.timeout(30_000),
    ...more,
  });

describe('a card', () => {
  test('has its page’s picture, within the network’s limits', async () => {
    const card = await read('good');
    expect(card).toMatchObject({ title: 'Bread', description: 'Of rye', image: { mime: 'image/jpeg', alt: '' } });
    expect(card.image?.bytes.byteLength).toBeLessThanOrEqual(50_000);
  });

  test.each(Object.keys(pictures).filter((name) => name !== 'good' && !name.startsWith('that')))(
    'is there without its picture when that is %s',
    async (name) => {
      expect(await read(name)).toMatchObject({ title: 'Bread', description: 'Of rye', image: null });
    },
  );

  test.each(['that never begins', 'that stops in the middle'])(
    'waits for a picture %s no longer than it may',
    async (name) => {
      expect(await read(name, { cardMs: 300 })).toMatchObject({ title: 'Bread', image: null });
    },
  );

  test('does not wait for a picture that takes long to render', async () => {
    const busy = renderer.render({ kind: 'keep', bytes: new Uint8Array(await largePicture()), mime: 'image/jpeg' });
    expect(await read('good', { cardMs: 150 })).toMatchObject({ title: 'Bread', image: null });
    await busy;
  });
});

const largePicture = (): Promise<Buffer> =>
  sharp({ create: { width: 7_000, height: 7_000, channels: 3, background: '#c33' } })
    .jpeg()
    .toBuffer();
