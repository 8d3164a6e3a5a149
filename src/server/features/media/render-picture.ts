import sharp, { type Metadata, type Sharp } from 'sharp';
import {
  chooseMimes,
  MAX_PIXELS,
  MIN_EDGE_PX,
  type PictureLimits,
  type PictureMime,
  QUALITIES,
  THUMBNAIL_PX,
} from './picture.rules.ts';
import type { RenderedPicture, RenderOutcome, RenderTask } from './render-task.ts';

sharp.cache(false);
sharp.concurrency(1);
// Only what a browser could have sent: no SVG, PDF or whatever else the library can open.
sharp.block({ operation: ['VipsForeignLoad'] });
sharp.unblock({
  operation: [
    'VipsForeignLoadJpegBuffer',
    'VipsForeignLoadPngBuffer',
    'VipsForeignLoadWebpBuffer',
    'VipsForeignLoadNsgifBuffer',
  ],
});

/** Renders one picture. Runs in a process of its own: it decodes what strangers made. */
export async function renderPicture(task: RenderTask): Promise<RenderOutcome> {
  try {
    return task.kind === 'keep' ? await keep(task.bytes, task.mime) : await makeFit(task.bytes, task.limits);
  } catch (error) {
    const isLarge = error instanceof Error && /pixel limit|too large|exceeds/i.test(error.message);
    return { ok: false, failure: isLarge ? 'too-many-pixels' : 'unreadable' };
  }
}

/** Opens a picture upright and in sRGB; what is written afterwards holds pixels only, no EXIF, place or profile. */
async function open(
  bytes: Uint8Array,
  { animated }: { animated: boolean },
): Promise<{ image: Sharp; facts: Metadata }> {
  const image = sharp(bytes, { animated, limitInputPixels: MAX_PIXELS, failOn: 'error' });
  const facts = await image.metadata();
  return { image: (facts.pages ?? 1) > 1 ? image : image.autoOrient(), facts };
}

async function keep(bytes: Uint8Array, mime: PictureMime): Promise<RenderOutcome> {
  const { image, facts } = await open(bytes, { animated: mime === 'image/gif' || mime === 'image/webp' });
  const kept = await encode(image, mime, 90);
  const frames = facts.pages ?? 1;
  const { image: still } = await open(bytes, { animated: false });
  const thumbnail = still.resize({
    width: THUMBNAIL_PX,
    height: THUMBNAIL_PX,
    fit: 'inside',
    withoutEnlargement: true,
  });
  return {
    ok: true,
    pictures: [
      { ...kept, height: frames > 1 ? (facts.pageHeight ?? kept.height) : kept.height },
      await encode(thumbnail, 'image/webp', 80),
    ],
  };
}

async function makeFit(bytes: Uint8Array, limits: PictureLimits): Promise<RenderOutcome> {
  const { image, facts } = await open(bytes, { animated: false });
  const upright = facts.autoOrient;
  let edge = Math.min(limits.maxEdge, Math.max(upright.width, upright.height));
  const hasAlpha = facts.hasAlpha && !(await image.clone().stats()).isOpaque;
  const mimes = chooseMimes(limits.mimes, { hasAlpha });
  while (mimes.length > 0 && edge >= MIN_EDGE_PX) {
    // Decoded and made smaller once for all the tries below.
    const { data, info } = await image
      .clone()
      .resize({ width: edge, height: edge, fit: 'inside', withoutEnlargement: true })
      .toColourspace('srgb')
      .raw()
      .toBuffer({ resolveWithObject: true });
    const sized = sharp(data, { raw: { width: info.width, height: info.height, channels: info.channels } });
    for (const mime of mimes) {
      for (const quality of mime === 'image/png' ? [100] : QUALITIES) {
        const picture = await encode(sized.clone(), mime, quality);
        if (picture.bytes.byteLength <= limits.maxBytes) return { ok: true, pictures: [picture] };
      }
    }
    edge = Math.floor(edge * 0.8);
  }
  return { ok: false, failure: 'cannot-fit' };
}

async function encode(image: Sharp, mime: PictureMime, quality: number): Promise<RenderedPicture> {
  const { data, info } = await toFormat(image, mime, quality).toBuffer({ resolveWithObject: true });
  return { mime, bytes: new Uint8Array(data), width: info.width, height: info.height };
}

function toFormat(image: Sharp, mime: PictureMime, quality: number): Sharp {
  switch (mime) {
    case 'image/jpeg':
      return image.flatten({ background: '#ffffff' }).jpeg({ quality });
    case 'image/png':
      return image.png({ compressionLevel: 9 });
    case 'image/webp':
      return image.webp({ quality });
    case 'image/gif':
      return image.gif();
  }
}
