import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { crc32, deflateSync } from 'node:zlib';
import sharp from 'sharp';
import { afterAll, describe, expect, test } from 'vitest';
import type { PictureLimits, PictureMime } from './picture.rules.ts';
import type { RenderedPicture } from './render-task.ts';
import { startRenderer } from './start-renderer.ts';

const renderer = startRenderer();
afterAll(() => renderer.close());

/** A photograph as a camera writes it: lying on its side, with the place where it was taken. */
const photograph = (width: number, height: number) =>
  sharp(randomBytes(width * height * 3), { raw: { width, height, channels: 3 } })
    .withExif({
      IFD0: { Make: 'CanaryCam', Orientation: '6' },
      IFD3: { GPSLatitude: '13/1 45/1 0/1', GPSLatitudeRef: 'N' },
    })
    .withMetadata({ orientation: 6 });

/** Three hundred megabytes of nothing. */
const flood = deflateSync(Buffer.alloc(300 * 1024 * 1024));

/** A small PNG with one more chunk in it, or with its pixels in place of its own. */
async function plantChunk(type: string, content: Buffer): Promise<Buffer> {
  const png = await sharp({ create: { width: 64, height: 64, channels: 3, background: '#ff0000' } })
    .png()
    .toBuffer();
  const body = Buffer.concat([Buffer.from(type), content]);
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(content.length);
  check.writeUInt32BE(crc32(body));
  // Behind the signature and the header, before everything else.
  const rest = type === 'IDAT' ? Buffer.from('0000000049454e44ae426082', 'hex') : png.subarray(33);
  return Buffer.concat([png.subarray(0, 33), length, body, check, rest]);
}

async function keep(bytes: Uint8Array, mime: PictureMime) {
  return await renderer.render({ kind: 'keep', bytes, mime });
}

async function kept(bytes: Uint8Array, mime: PictureMime): Promise<[RenderedPicture, RenderedPicture]> {
  const outcome = await keep(bytes, mime);
  const [original, thumbnail] = outcome.ok ? outcome.pictures : [];
  if (!original || !thumbnail) throw new Error(JSON.stringify(outcome));
  return [original, thumbnail];
}

describe('keeping', () => {
  test.each(['jpeg', 'png', 'webp'] as const)(
    'takes everything but the pixels out of a %s and sets it upright',
    async (format) => {
      const taken = await photograph(600, 400).toFormat(format).toBuffer();
      expect((await sharp(taken).metadata()).exif?.toString('latin1')).toContain('CanaryCam');
      const [original, thumbnail] = await kept(taken, `image/${format}`);
      expect(original).toMatchObject({ mime: `image/${format}`, width: 400, height: 600 });
      for (const picture of [original, thumbnail]) {
        const { exif, xmp, iptc, icc, orientation } = await sharp(picture.bytes).metadata();
        expect({ exif, xmp, iptc, icc, orientation }).toEqual({});
        expect(Buffer.from(picture.bytes).toString('latin1')).not.toContain('CanaryCam');
      }
      expect(Math.max(thumbnail.width, thumbnail.height)).toBe(400);
    },
  );

  test('drops what hides behind the picture', async () => {
    const hidden = '<script>canary()</script>';
    const png = await photograph(8, 8).png().toBuffer();
    const [original] = await kept(Buffer.concat([png, Buffer.from(hidden)]), 'image/png');
    expect(Buffer.from(original.bytes).toString('latin1')).not.toContain('canary');
  });

  test('keeps an animation moving, and its height that of one frame', async () => {
    const frames = [0, 1, 2].map(() => randomBytes(20 * 10 * 3));
    const gif = await sharp(Buffer.concat(frames), { raw: { width: 20, height: 30, channels: 3, pageHeight: 10 } })
      .gif()
      .toBuffer();
    const [original] = await kept(gif, 'image/gif');
    expect(original).toMatchObject({ width: 20, height: 10, frames: 3 });
    expect((await sharp(original.bytes).metadata()).pages).toBe(3);
  });

  test('refuses a small file of very many pixels', async () => {
    const bomb = await sharp({ create: { width: 14_000, height: 14_000, channels: 3, background: '#000' } })
      .png()
      .toBuffer();
    expect(bomb.byteLength).toBeLessThan(2_000_000);
    expect(await keep(bomb, 'image/png')).toEqual({ ok: false, failure: 'too-many-pixels' });
  });

  test('refuses an animation without an end', async () => {
    const head = Buffer.from('47494638396101000100800000000000ffffff', 'hex');
    const frame = Buffer.from('21f90400000000002c0000000001000100000202440100', 'hex');
    const endless = Buffer.concat([head, ...Array<Buffer>(2_000).fill(frame), Buffer.from('3b', 'hex')]);
    expect(await keep(endless, 'image/gif')).toEqual({ ok: false, failure: 'too-many-pixels' });
  });

  test.each(['zTXt', 'iCCP', 'IDAT'])(
    'a PNG with hundreds of megabytes in its %s needs no memory for them',
    async (type) => {
      const bomb = await plantChunk(
        type,
        type === 'IDAT' ? flood : Buffer.concat([Buffer.from('x\0\0', 'latin1'), flood]),
      );
      const narrow = startRenderer({ maxRssBytes: 190 * 1024 * 1024 });
      expect(await narrow.render({ kind: 'keep', bytes: bomb, mime: 'image/png' })).toMatchObject({ ok: true });
      narrow.close();
    },
  );

  test.each([
    ['an SVG', '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><image href="file:///etc/passwd"/></svg>'],
    ['half a picture', '\x89PNG\r\n\x1a\n'],
    ['nothing', ''],
  ])('refuses %s under another name', async (_what, text) => {
    expect(await keep(Buffer.from(text, 'latin1'), 'image/png')).toEqual({ ok: false, failure: 'unreadable' });
  });
});

describe('fitting', () => {
  const limits: PictureLimits = { maxBytes: 100_000, maxEdge: 800, mimes: ['image/jpeg', 'image/png', 'image/webp'] };
  const makeFit = (bytes: Uint8Array, more: Partial<PictureLimits> = {}) =>
    renderer.render({ kind: 'fit', bytes, limits: { ...limits, ...more } });

  test('lowers quality before size, and both until it fits', async () => {
    const noise = await photograph(1_000, 700).removeAlpha().png().toBuffer();
    const roomy = await makeFit(noise, { maxBytes: 700_000 });
    expect(roomy.ok && roomy.pictures[0]).toMatchObject({ mime: 'image/jpeg', width: 560, height: 800 });
    const narrow = await makeFit(noise, { maxBytes: 40_000 });
    expect(narrow.ok && narrow.pictures[0]?.bytes.byteLength).toBeLessThanOrEqual(40_000);
    expect(narrow.ok && narrow.pictures[0]?.height).toBeLessThan(800);
  });

  test('gives the same bytes each time', async () => {
    const noise = await photograph(300, 300).png().toBuffer();
    expect(await makeFit(noise)).toEqual(await makeFit(noise));
  });

  test('keeps transparency where it may, and is white beneath where it may not', async () => {
    const clear = await sharp({ create: { width: 90, height: 90, channels: 4, background: '#00000000' } })
      .png()
      .toBuffer();
    const png = await makeFit(clear);
    expect(png.ok && png.pictures[0]?.mime).toBe('image/png');
    const jpeg = await makeFit(clear, { mimes: ['image/jpeg'] });
    const pixel = jpeg.ok ? await sharp(jpeg.pictures[0]?.bytes).raw().toBuffer() : Buffer.alloc(1);
    expect(pixel[0]).toBeGreaterThan(250);
  });

  test('makes another kind of a picture however small it is', async () => {
    const dot = await sharp({ create: { width: 9, height: 9, channels: 3, background: '#ff0000' } })
      .gif()
      .toBuffer();
    expect(await makeFit(dot, { mimes: ['image/jpeg'] })).toMatchObject({
      ok: true,
      pictures: [{ mime: 'image/jpeg', width: 9, height: 9 }],
    });
  });

  test('says so when nothing fits', async () => {
    const noise = await photograph(300, 300).png().toBuffer();
    expect(await makeFit(noise, { maxBytes: 50 })).toEqual({ ok: false, failure: 'cannot-fit' });
    expect(await makeFit(noise, { mimes: ['video/mp4'] })).toEqual({ ok: false, failure: 'cannot-fit' });
  });
});

describe('the process', () => {
  test('is there only while it is needed', async () => {
    const brief = startRenderer({ idleMs: 100 });
    expect(brief.pid()).toBeNull();
    await brief.render({ kind: 'keep', bytes: await photograph(8, 8).png().toBuffer(), mime: 'image/png' });
    expect(brief.pid()).not.toBeNull();
    await expect.poll(() => brief.pid()).toBeNull();
  });

  test('is ended when it takes too long, and the next picture is rendered by a new one', async () => {
    const slow = startRenderer({ timeoutMs: 1 });
    const bytes = await photograph(8, 8).png().toBuffer();
    expect(await slow.render({ kind: 'keep', bytes, mime: 'image/png' })).toEqual({ ok: false, failure: 'timed-out' });
    expect(slow.pid()).toBeNull();
    slow.close();
  });

  test('is ended when it needs more memory than it may have, and the next picture is rendered by a new one', async () => {
    const narrow = startRenderer({ maxRssBytes: 190 * 1024 * 1024, timeoutMs: 120_000 });
    const large = await sharp({ create: { width: 7_000, height: 7_000, channels: 4, background: '#ff00007f' } })
      .png()
      .toBuffer();
    // Made to stand in memory whole.
    const limits: PictureLimits = { maxBytes: 1_000_000, maxEdge: 7_000, mimes: ['image/webp'] };
    expect(await narrow.render({ kind: 'fit', bytes: large, limits })).toEqual({
      ok: false,
      failure: 'too-much-memory',
    });
    const small = await photograph(8, 8).png().toBuffer();
    expect(await narrow.render({ kind: 'keep', bytes: small, mime: 'image/png' })).toMatchObject({ ok: true });
    narrow.close();
  });

  test('may die without taking the house or the next picture with it', async () => {
    const mortal = startRenderer();
    const bytes = await photograph(2_000, 2_000).png().toBuffer();
    const dying = mortal.render({ kind: 'keep', bytes, mime: 'image/png' });
    const next = mortal.render({ kind: 'keep', bytes: await photograph(8, 8).png().toBuffer(), mime: 'image/png' });
    await expect.poll(() => mortal.pid()).not.toBeNull();
    process.kill(mortal.pid() ?? 0, 'SIGKILL');
    expect(await dying).toEqual({ ok: false, failure: 'crashed' });
    expect(await next).toMatchObject({ ok: true });
    mortal.close();
  });

  test('may die while it is idle, and nobody notices', async () => {
    const mortal = startRenderer();
    const bytes = await photograph(8, 8).png().toBuffer();
    await mortal.render({ kind: 'keep', bytes, mime: 'image/png' });
    process.kill(mortal.pid() ?? 0, 'SIGKILL');
    await expect.poll(() => mortal.pid()).toBeNull();
    expect(await mortal.render({ kind: 'keep', bytes, mime: 'image/png' })).toMatchObject({ ok: true });
    mortal.close();
  });

  test.runIf(process.platform === 'linux')('is the first that the kernel ends where memory runs out', async () => {
    await keep(await photograph(8, 8).png().toBuffer(), 'image/png');
    expect((await readFile(`/proc/${renderer.pid()}/oom_score_adj`, 'utf8')).trim()).toBe('1000');
  });

  test('renders one after another, each task its own answer', async () => {
    const sizes = [10, 20, 30, 40];
    const outcomes = await Promise.all(
      sizes.map(async (size) => keep(await photograph(size, 8).png().toBuffer(), 'image/png')),
    );
    expect(outcomes.map((outcome) => outcome.ok && outcome.pictures[0]?.height).sort()).toEqual(sizes);
  });
});
