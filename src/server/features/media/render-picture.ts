import sharp, { type Metadata, type Sharp } from 'sharp';
import {
  chooseMimes,
  chooseMovingMimes,
  MAX_FRAMES,
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
export async function renderPicture(task: Exclude<RenderTask, { kind: 'keep-video' }>): Promise<RenderOutcome> {
  try {
    switch (task.kind) {
      case 'keep':
        return await keep(task.bytes, task.mime);
      case 'fit':
        return await makeFit(task.bytes, task.limits);
      case 'blank':
        return await drawBlank(task);
    }
  } catch (error) {
    const isLarge = error instanceof Error && /pixel limit|too large|exceeds/i.test(error.message);
    return { ok: false, failure: isLarge ? 'too-many-pixels' : 'unreadable' };
  }
}

interface Opened {
  image: Sharp;
  facts: Metadata;
  frames: number;
  turned: boolean;
}

/** Opens a picture upright and in sRGB; what is written afterwards holds pixels only, no EXIF, place or profile. */
async function open(bytes: Uint8Array, { animated }: { animated: boolean }): Promise<Opened> {
  const still = { limitInputPixels: MAX_PIXELS, failOn: 'error' } as const;
  const facts = await sharp(bytes, still).metadata();
  const frames = facts.pages ?? 1;
  if (frames > MAX_FRAMES) throw new Error(`too large: ${frames} frames`);
  if (animated && frames > 1) {
    const image = sharp(bytes, { ...still, animated });
    return { image, facts: await image.metadata(), frames, turned: false };
  }
  return { image: sharp(bytes, still).autoOrient(), facts, frames, turned: (facts.orientation ?? 1) > 1 };
}

async function keep(bytes: Uint8Array, mime: PictureMime): Promise<RenderOutcome> {
  const { image, turned } = await open(bytes, { animated: mime === 'image/gif' || mime === 'image/webp' });
  const kept = await encode(image, mime, 90);
  const { image: still } = await open(bytes, { animated: false });
  const thumbnail = still.resize({
    width: THUMBNAIL_PX,
    height: THUMBNAIL_PX,
    fit: 'inside',
    withoutEnlargement: true,
  });
  return { ok: true, pictures: [kept, await encode(thumbnail, 'image/webp', 80)], turned };
}

async function drawBlank({ width, height }: { width: number; height: number }): Promise<RenderOutcome> {
  const still = sharp({ create: { width, height, channels: 3, background: '#2e2b26' } });
  const thumbnail = still.clone().resize({ width: THUMBNAIL_PX, height: THUMBNAIL_PX, fit: 'inside' });
  const pictures = [await encode(still, 'image/jpeg', 80), await encode(thumbnail, 'image/webp', 80)];
  return { ok: true, pictures, turned: false };
}

async function makeFit(bytes: Uint8Array, limits: PictureLimits): Promise<RenderOutcome> {
  const opened = await open(bytes, { animated: false });
  const moving = opened.frames > 1 ? await makeMovingFit(bytes, limits) : null;
  const picture = moving ?? (await makeStillFit(opened, limits));
  return picture ? { ok: true, pictures: [picture], turned: opened.turned } : { ok: false, failure: 'cannot-fit' };
}

/** Null when it does not fit as an animation, or the network shows none. */
async function makeMovingFit(bytes: Uint8Array, limits: PictureLimits): Promise<RenderedPicture | null> {
  const { image, facts } = await open(bytes, { animated: true });
  const frame = { width: facts.width, height: facts.pageHeight ?? facts.height };
  for (const edge of edgesWithin(limits, frame)) {
    for (const mime of chooseMovingMimes(limits)) {
      const sized = image.clone().resize({ width: edge, height: edge, fit: 'inside', withoutEnlargement: true });
      const picture = await encode(sized, mime, 80);
      if (picture.bytes.byteLength <= limits.maxBytes) return picture;
    }
  }
  return null;
}

async function makeStillFit({ image, facts }: Opened, limits: PictureLimits): Promise<RenderedPicture | null> {
  const hasAlpha = facts.hasAlpha && !(await image.clone().stats()).isOpaque;
  const mimes = chooseMimes(limits.mimes, { hasAlpha });
  if (mimes.length === 0) return null;
  for (const edge of edgesWithin(limits, facts.autoOrient)) {
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
        if (picture.bytes.byteLength <= limits.maxBytes) return picture;
      }
    }
  }
  return null;
}

/** Longest edges to try, largest first: as large as it is and may be, then a fifth less each time. */
function* edgesWithin({ maxEdge }: PictureLimits, { width, height }: { width: number; height: number }) {
  const largest = Math.min(maxEdge, Math.max(width, height));
  const least = Math.min(MIN_EDGE_PX, largest);
  for (let edge = largest; edge >= least; edge = Math.floor(edge * 0.8)) yield edge;
}

async function encode(image: Sharp, mime: PictureMime, quality: number): Promise<RenderedPicture> {
  const { data, info } = await toFormat(image, mime, quality).toBuffer({ resolveWithObject: true });
  // Of an animation the library says the height of all frames together.
  const { pages: frames = 1, pageHeight: height = info.height } = info;
  return { mime, bytes: new Uint8Array(data), width: info.width, height, frames };
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
