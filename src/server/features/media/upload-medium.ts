import { createHash, randomUUID } from 'node:crypto';
import type { z } from 'zod';
import type { Medium, media } from '#contract/media.ts';
import { refuse, type Verb, type WorkspaceContext } from '#server/platform/context/index.ts';
import { convertHeic } from './convert-heic.ts';
import { type MediumFile, mediumKey } from './medium-files.ts';
import { insertMedium, type NewMedium } from './medium-store.ts';
import { MAX_PIXELS, MAX_UPLOAD_BYTES, namePicture, type PictureMime, recognisePicture } from './picture.rules.ts';
import { presentMedium } from './present-medium.ts';
import type { RenderedPicture } from './render-task.ts';
import { renderer } from './renderer.ts';
import { takeVideo } from './take-video.ts';
import { recogniseVideo } from './video.rules.ts';

/**
 * Takes a picture or a video into the library: recognised by its bytes, written anew without what the camera wrote into
 * it, with a thumbnail. Refuses with `medium-too-large` or `medium-unsupported`, whose `context` (`heic`, `unknown`,
 * `unreadable`, `video-codec`, `video-unreadable`, `video-not-now`) chooses the advice.
 */
export const uploadMedium: Verb<typeof media.upload> = async (context, { file, poster, alt }) => {
  const tooLarge = [file, poster].some((it) => it && it.size > MAX_UPLOAD_BYTES);
  if (tooLarge) {
    refuse('medium-too-large', { params: { context: 'bytes', maxMegabytes: MAX_UPLOAD_BYTES / 1024 / 1024 } });
  }
  const bytes = new Uint8Array(await file.arrayBuffer());
  const still = poster ? new Uint8Array(await poster.arrayBuffer()) : null;
  return takeMedium(context, { bytes, poster: still, name: file.name, alt });
};

/** The same for bytes, however they came. */
async function takeMedium(
  context: WorkspaceContext,
  { bytes, poster, name, alt }: { bytes: Uint8Array; poster: Uint8Array | null; name: string; alt: string },
): Promise<z.input<typeof Medium>> {
  const mime = recognisePicture(bytes);
  const words = { name: namePicture(name), alt };
  if (mime === 'heic') {
    const jpeg =
      (await convertHeic(bytes, context.workspaceId)) ?? refuse('medium-unsupported', { params: { context: mime } });
    return takePicture(context, { bytes: jpeg, mime: 'image/jpeg', ...words });
  }
  if (mime !== 'unknown') return takePicture(context, { bytes, mime, ...words });
  if (!recogniseVideo(bytes)) refuse('medium-unsupported', { params: { context: mime } });
  const { mediumId, facts, sha256 } = await takeVideo(context, { bytes, poster });
  const { durationMs, fps, videoCodec, audioCodec } = facts;
  return enter(context, {
    workspace_id: context.workspaceId,
    id: mediumId,
    ...words,
    mime: facts.mime,
    size_bytes: facts.sizeBytes,
    width: facts.width,
    height: facts.height,
    frames: null,
    turned: facts.turned,
    video: { durationMs, fps, videoCodec, audioCodec },
    sha256,
    uploaded_by: context.personId,
  });
}

async function takePicture(
  context: WorkspaceContext,
  { bytes, mime, name, alt }: { bytes: Uint8Array; mime: PictureMime; name: string; alt: string },
): Promise<z.input<typeof Medium>> {
  const { original, thumbnail, turned } = await renderFiles(context, bytes, mime);
  const place = { workspaceId: context.workspaceId, mediumId: randomUUID() };
  const { storage } = context.house;
  await storage.put(mediumKey(place, 'original'), original.bytes, { mime: original.mime });
  await storage.put(mediumKey(place, 'thumbnail'), thumbnail.bytes, { mime: thumbnail.mime });
  return enter(context, {
    workspace_id: place.workspaceId,
    id: place.mediumId,
    name,
    alt,
    mime: original.mime,
    size_bytes: original.bytes.byteLength,
    width: original.width,
    height: original.height,
    frames: original.frames,
    turned,
    video: null,
    sha256: createHash('sha256').update(original.bytes).digest('hex'),
    uploaded_by: context.personId,
  });
}

/** Enters a medium whose files lie in the storage; they go again when it cannot be entered. */
async function enter(context: WorkspaceContext, row: NewMedium): Promise<z.input<typeof Medium>> {
  try {
    const entered = await context.inWorkspace((tx) => insertMedium(tx, row));
    return await presentMedium(entered, context.house.config);
  } catch (error) {
    const place = { workspaceId: row.workspace_id, mediumId: row.id };
    const files: MediumFile[] = ['original', 'thumbnail', ...(row.video ? ['poster' as const] : [])];
    for (const file of files) await context.house.storage.delete(mediumKey(place, file));
    throw error;
  }
}

async function renderFiles(
  { workspaceId }: WorkspaceContext,
  bytes: Uint8Array,
  mime: PictureMime,
): Promise<{ original: RenderedPicture; thumbnail: RenderedPicture; turned: boolean }> {
  const outcome = await renderer.render({ kind: 'keep', bytes, mime }, workspaceId);
  if (!outcome.ok) {
    if (outcome.failure === 'unreadable') refuse('medium-unsupported', { params: { context: 'unreadable' } });
    // A picture that is too much for the renderer's time or memory is too large, whatever its pixels.
    refuse('medium-too-large', { params: { context: 'pixels', max: MAX_PIXELS / 1_000_000 } });
  }
  const [original, thumbnail] = outcome.pictures;
  if (!original || !thumbnail) throw new Error('The renderer gave no pictures.');
  return { original, thumbnail, turned: outcome.turned };
}
