import { randomBytes } from 'node:crypto';
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
    expect(original).toMatchObject({ width: 20, height: 10 });
    expect((await sharp(original.bytes).metadata()).pages).toBe(3);
  });

  test('refuses a small file of very many pixels', async () => {
    const bomb = await sharp({ create: { width: 14_000, height: 14_000, channels: 3, background: '#000' } })
      .png()
      .toBuffer();
    expect(bomb.byteLength).toBeLessThan(2_000_000);
    expect(await keep(bomb, 'image/png')).toEqual({ ok: false, failure: 'too-many-pixels' });
  });

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

  test('renders one after another, each task its own answer', async () => {
    const sizes = [10, 20, 30, 40];
    const outcomes = await Promise.all(
      sizes.map(async (size) => keep(await photograph(size, 8).png().toBuffer(), 'image/png')),
    );
    expect(outcomes.map((outcome) => outcome.ok && outcome.pictures[0]?.height).sort()).toEqual(sizes);
  });
});
