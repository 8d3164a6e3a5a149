import { createHash, randomUUID } from 'node:crypto';
import type { z } from 'zod';
import type { Medium } from '#contract/media.ts';
import { refuse, type WorkspaceContext } from '#server/platform/context/index.ts';
import { assertTakeable } from './assert-takeable.ts';
import { convertHeic } from './convert-heic.ts';
import { type Alongside, enterMedium } from './enter-medium.ts';
import { mediumKey } from './medium-files.ts';
import { MAX_PIXELS, namePicture, type PictureMime, recognisePicture } from './picture.rules.ts';
import type { RenderedPicture, RenderFailure } from './render-task.ts';
import { renderer } from './renderer.ts';
import { takeVideo } from './take-video.ts';

/** A file as somebody brought it, however it came. */
export interface Brought {
  /** Its first bytes: enough to know what it is. */
  head: Uint8Array;
  sizeBytes: number;
  bytes(): Promise<Uint8Array>;
  /** Writes it to a place on the disk, piece by piece. */
  writeTo(path: string): Promise<void>;
  /** A still of a video. */
  poster: Uint8Array | null;
  name: string;
  alt: string;
}

/**
 * Takes a picture or a video into the library: recognised by its bytes, written anew without what the camera wrote into
 * it, with a thumbnail. `alongside` is done in the transaction that enters it. Refuses with `medium-too-large` or
 * `medium-unsupported`, whose `context` (`heic`, `unknown`, `unreadable`, `not-now`, `video-codec`, `video-unreadable`,
 * `video-not-now`) chooses the advice.
 */
export async function takeMedium(
  context: WorkspaceContext,
  brought: Brought,
  alongside: Alongside = async () => undefined,
): Promise<z.input<typeof Medium>> {
  assertTakeable(brought);
  const { alt, poster } = brought;
  const words = { name: namePicture(brought.name), alt };
  const mime = recognisePicture(brought.head);
  if (mime === 'heic') {
    const jpeg =
      (await convertHeic(await brought.bytes(), context.workspaceId)) ??
      refuse('medium-unsupported', { params: { context: mime } });
    return takePicture(context, { bytes: jpeg, mime: 'image/jpeg', ...words }, alongside);
  }
  if (mime !== 'unknown') return takePicture(context, { bytes: await brought.bytes(), mime, ...words }, alongside);
  const { mediumId, facts, sha256 } = await takeVideo(context, { writeTo: brought.writeTo, poster });
  const { durationMs, fps, videoCodec, audioCodec } = facts;
  const row = {
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
  };
  return enterMedium(context, row, alongside);
}

async function takePicture(
  context: WorkspaceContext,
  { bytes, mime, name, alt }: { bytes: Uint8Array; mime: PictureMime; name: string; alt: string },
  alongside: Alongside,
): Promise<z.input<typeof Medium>> {
  const { original, thumbnail, turned } = await renderFiles(context, bytes, mime);
  const place = { workspaceId: context.workspaceId, mediumId: randomUUID() };
  const { storage } = context.house;
  await storage.put(mediumKey(place, 'original'), original.bytes, { mime: original.mime });
  await storage.put(mediumKey(place, 'thumbnail'), thumbnail.bytes, { mime: thumbnail.mime });
  const row = {
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
  };
  return enterMedium(context, row, alongside);
}

async function renderFiles(
  { workspaceId }: WorkspaceContext,
  bytes: Uint8Array,
  mime: PictureMime,
): Promise<{ original: RenderedPicture; thumbnail: RenderedPicture; turned: boolean }> {
  const outcome = await renderer.render({ kind: 'keep', bytes, mime }, workspaceId);
  if (!outcome.ok) refusePicture(outcome.failure);
  const [original, thumbnail] = outcome.pictures;
  if (!original || !thumbnail) throw new Error('The renderer gave no pictures.');
  return { original, thumbnail, turned: outcome.turned };
}

/** A picture that is too much for the renderer's memory is too large, whatever its pixels; what broke off may go well later. */
export function refusePicture(failure: RenderFailure): never {
  if (failure === 'unreadable') refuse('medium-unsupported', { params: { context: 'unreadable' } });
  if (failure === 'timed-out' || failure === 'crashed')
    refuse('medium-unsupported', { params: { context: 'not-now' } });
  refuse('medium-too-large', { params: { context: 'pixels', max: MAX_PIXELS / 1_000_000 } });
}
