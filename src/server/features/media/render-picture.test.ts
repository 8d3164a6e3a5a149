import { randomBytes } from 'node:crypto';
import sharp, { type Sharp } from 'sharp';
import { afterAll, describe, expect, test } from 'vitest';
import type { PictureLimits, PictureMime } from './picture.rules.ts';
import type { RenderedPicture } from './render-task.ts';
import { startRenderer } from './start-renderer.ts';

const renderer = startRenderer();
afterAll(() => renderer.close());

async function keep(bytes: Uint8Array, mime: PictureMime): Promise<RenderedPicture & { turned: boolean }> {
  const outcome = await renderer.render({ kind: 'keep', bytes, mime });
  const [original] = outcome.ok ? outcome.pictures : [];
  if (!outcome.ok || !original) throw new Error(JSON.stringify(outcome));
  return { ...original, turned: outcome.turned };
}

async function makeFit(bytes: Uint8Array, limits: PictureLimits): Promise<RenderedPicture> {
  const outcome = await renderer.render({ kind: 'fit', bytes, limits });
  const [picture] = outcome.ok ? outcome.pictures : [];
  if (!picture) throw new Error(JSON.stringify(outcome));
  return picture;
}

type Colour = [red: number, green: number, blue: number];

async function colourAt(bytes: Uint8Array, x: number, y: number): Promise<Colour> {
  const { data, info } = await sharp(bytes).raw().toBuffer({ resolveWithObject: true });
  const at = (y * info.width + x) * info.channels;
  return [data[at] ?? -1, data[at + 1] ?? -1, data[at + 2] ?? -1];
}

const distance = (one: Colour, other: Colour): number =>
  Math.max(...one.map((part, index) => Math.abs(part - (other[index] ?? 0))));

describe('turning', () => {
  const [width, height, block] = [3, 2, 16];
  const colours: Colour[] = [
    [220, 30, 30],
    [30, 200, 30],
    [30, 30, 220],
    [220, 220, 30],
    [30, 220, 220],
    [128, 128, 128],
  ];

  /** Where the pixel of a stored row and column is seen, by the eight values of EXIF 2.32, table 6. */
  const seenAt = (orientation: number, row: number, column: number): { x: number; y: number } => {
    const [right, bottom] = [width - 1, height - 1];
    const places = [
      { x: column, y: row },
      { x: right - column, y: row },
      { x: right - column, y: bottom - row },
      { x: column, y: bottom - row },
      { x: row, y: column },
      { x: right - row, y: column },
      { x: right - row, y: bottom - column },
      { x: row, y: bottom - column },
    ];
    return places[orientation - 1] ?? { x: 0, y: 0 };
  };

  const take = (orientation: number): Promise<Buffer> => {
    const [rows, columns] = orientation > 4 ? [width, height] : [height, width];
    const pixels = Array.from({ length: rows * block * columns * block }, (_, at) => {
      const row = Math.floor(at / (columns * block) / block);
      const { x, y } = seenAt(orientation, row, Math.floor((at % (columns * block)) / block));
      return colours[y * width + x] ?? [0, 0, 0];
    });
    return sharp(Buffer.from(pixels.flat()), { raw: { width: columns * block, height: rows * block, channels: 3 } })
      .withMetadata({ orientation })
      .jpeg({ quality: 100, chromaSubsampling: '4:4:4' })
      .toBuffer();
  };

  test.each([1, 2, 3, 4, 5, 6, 7, 8])('shows a photograph of orientation %i as it was seen', async (orientation) => {
    const taken = await take(orientation);
    const fitted = await makeFit(taken, { maxBytes: 1e6, maxEdge: 48, mimes: ['image/png'] });
    const kept = await keep(taken, 'image/jpeg');
    expect(kept.turned).toBe(orientation > 1);
    for (const picture of [kept, fitted]) {
      expect(picture).toMatchObject({ width: width * block, height: height * block });
      for (const [at, colour] of colours.entries()) {
        const x = (at % width) * block + block / 2;
        const y = Math.floor(at / width) * block + block / 2;
        expect(distance(await colourAt(picture.bytes, x, y), colour)).toBeLessThan(8);
      }
    }
  });
});

describe('what was written into a picture', () => {
  /** Thirteen degrees, forty-five minutes north, as a telephone writes it. */
  const place = { GPSLatitude: '13/1 45/1 1357911/1000', GPSLatitudeRef: 'N', GPSLongitude: '100/1 30/1 0/1' };
  const iptc = Buffer.concat([
    Buffer.from('Photoshop 3.0\0' + '8BIM', 'latin1'),
    Buffer.from('040400000000000f1c025000', 'hex'),
    Buffer.from('\x0aCanaryName', 'latin1'),
  ]);

  const take = async (format: 'jpeg' | 'png' | 'webp'): Promise<Buffer> => {
    const bytes = await sharp(randomBytes(64 * 48 * 3), { raw: { width: 64, height: 48, channels: 3 } })
      .withExif({ IFD0: { Make: 'CanaryCam' }, IFD3: place })
      .withXmp('<x:xmpmeta xmlns:x="adobe:ns:meta/">CanaryXmp</x:xmpmeta>')
      .toFormat(format)
      .toBuffer();
    if (format !== 'jpeg') return bytes;
    const length = Buffer.alloc(2);
    length.writeUInt16BE(iptc.length + 2);
    return Buffer.concat([bytes.subarray(0, 2), Buffer.from('ffed', 'hex'), length, iptc, bytes.subarray(2)]);
  };

  /** The numerator of the seconds above, in either order of bytes. */
  const seconds = ['57b81400', '0014b857'];
  const tells = async (bytes: Uint8Array): Promise<string[]> => {
    const { exif, xmp, iptc: captions } = await sharp(bytes).metadata();
    const text = Buffer.from(bytes).toString('latin1');
    return [
      ...(exif?.includes('CanaryCam') || text.includes('CanaryCam') ? ['camera'] : []),
      ...(seconds.some((it) => exif?.toString('hex').includes(it)) ? ['place'] : []),
      ...(xmp?.includes('CanaryXmp') || text.includes('CanaryXmp') ? ['description'] : []),
      ...(captions?.includes('CanaryName') || text.includes('CanaryName') ? ['author'] : []),
    ];
  };

  test.each(['jpeg', 'png', 'webp'] as const)(
    'is not in the %s that goes out: camera, place, description, author',
    async (format) => {
      const taken = await take(format);
      const written = ['camera', 'place', 'description', ...(format === 'jpeg' ? ['author'] : [])];
      expect(await tells(taken)).toEqual(written);
      const kept = await keep(taken, `image/${format}`);
      expect(await tells(kept.bytes)).toEqual([]);
      for (const mime of ['image/jpeg', 'image/png', 'image/webp']) {
        const fitted = await makeFit(taken, { maxBytes: 1e6, maxEdge: 60, mimes: [mime] });
        expect(await tells(fitted.bytes)).toEqual([]);
      }
    },
  );
});

describe('colours', () => {
  const plain = (red: number, green: number, blue: number): Sharp =>
    sharp({ create: { width: 64, height: 64, channels: 3, background: { r: red, g: green, b: blue } } });

  const limits: PictureLimits = { maxBytes: 1e6, maxEdge: 64, mimes: ['image/jpeg'] };

  test.each([
    [255, 0, 0],
    [40, 180, 90],
    [20, 60, 200],
  ] as Colour[])('of a wide-gamut photograph look the same: %i %i %i', async (...colour) => {
    const wide = await plain(...colour)
      .withIccProfile('p3')
      .png()
      .toBuffer();
    // Read without its profile it would be another colour.
    const bare = await sharp(wide, { ignoreIcc: true }).raw().toBuffer();
    expect(distance([bare[0] ?? 0, bare[1] ?? 0, bare[2] ?? 0], colour)).toBeGreaterThan(8);
    for (const picture of [await keep(wide, 'image/png'), await makeFit(wide, limits)]) {
      expect((await sharp(picture.bytes).metadata()).icc).toBeUndefined();
      expect(distance(await colourAt(picture.bytes, 30, 30), colour)).toBeLessThan(5);
    }
  });

  test('of a picture made for print are those of a screen', async () => {
    const colour: Colour = [200, 60, 30];
    const print = await plain(...colour)
      .toColourspace('cmyk')
      .withIccProfile('cmyk')
      .jpeg({ quality: 95 })
      .toBuffer();
    expect((await sharp(print).metadata()).space).toBe('cmyk');
    for (const picture of [await keep(print, 'image/jpeg'), await makeFit(print, limits)]) {
      expect((await sharp(picture.bytes).metadata()).space).toBe('srgb');
      // Paper shows less than a screen does.
      expect(distance(await colourAt(picture.bytes, 30, 30), colour)).toBeLessThan(15);
    }
  });

  test('of sixteen bits become eight', async () => {
    const deep = await sharp(new Uint16Array(64 * 64 * 3).fill(40_000), { raw: { width: 64, height: 64, channels: 3 } })
      .toColourspace('rgb16')
      .png()
      .toBuffer();
    expect((await sharp(deep).metadata()).depth).toBe('ushort');
    expect((await sharp((await keep(deep, 'image/png')).bytes).metadata()).depth).toBe('uchar');
  });
});

describe('an animation', () => {
  const film = (frames: number, edge: number): Promise<Buffer> =>
    sharp(randomBytes(frames * edge * edge * 3), {
      raw: { width: edge, height: frames * edge, channels: 3, pageHeight: edge },
    })
      .gif({ delay: Array<number>(frames).fill(120) })
      .toBuffer();
  const limits: PictureLimits = { maxBytes: 1e6, maxEdge: 100, mimes: ['image/jpeg', 'image/gif'] };

  test('goes on moving where the network shows it, made smaller until it fits', async () => {
    const gif = await film(4, 110);
    const fitted = await makeFit(gif, { ...limits, moving: ['image/gif'] });
    expect(fitted).toMatchObject({ mime: 'image/gif', width: 100, height: 100, frames: 4 });
    expect((await sharp(fitted.bytes).metadata()).delay).toEqual([120, 120, 120, 120]);
    const narrow = await makeFit(gif, { ...limits, moving: ['image/gif'], maxBytes: 42_000 });
    expect(narrow.frames).toBe(4);
    expect(narrow.bytes.byteLength).toBeLessThanOrEqual(42_000);
  });

  test('is its first frame elsewhere, and where it cannot be made small enough', async () => {
    const gif = await film(4, 110);
    expect(await makeFit(gif, limits)).toMatchObject({ mime: 'image/jpeg', width: 100, height: 100, frames: 1 });
    const still = await makeFit(gif, { ...limits, moving: ['image/gif'], maxBytes: 6_000 });
    expect(still).toMatchObject({ mime: 'image/jpeg', frames: 1 });
  });
});
