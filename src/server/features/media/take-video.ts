import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { refuse, type WorkspaceContext } from '#server/platform/context/index.ts';
import { hashFile } from './hash-file.ts';
import { type MediumFile, mediumKey } from './medium-files.ts';
import { recognisePicture } from './picture.rules.ts';
import type { RenderedPicture, RenderFailure } from './render-task.ts';
import { renderer, videoRenderer } from './renderer.ts';
import { runInTurn } from './run-in-turn.ts';
import { takeStill } from './transcode-video.ts';
import { type KeptVideo, MAX_VIDEO_EDGE, POSTER_PX } from './video.rules.ts';

/** A video as it was put into the storage. */
export interface TakenVideo {
  mediumId: string;
  facts: KeptVideo;
  sha256: string;
}

/**
 * Puts a video and a still of it into the storage: written anew without what the camera wrote into it. The still is the
 * one the browser sent, else taken here where the machine can, else a plain surface. Refuses as uploads do.
 */
export async function takeVideo(
  context: WorkspaceContext,
  { writeTo, poster }: { writeTo: (path: string) => Promise<void>; poster: Uint8Array | null },
): Promise<TakenVideo> {
  const folder = await mkdtemp(join(tmpdir(), 'goalpost-video-'));
  try {
    const [from, to] = [join(folder, 'brought'), join(folder, 'kept')];
    await writeTo(from);
    const outcome = await videoRenderer.render({ kind: 'keep-video', from, to }, context.workspaceId);
    if (!outcome.ok || !outcome.video) refuseVideo(outcome.ok ? 'unreadable' : outcome.failure);
    const facts = outcome.video;
    const still = (await renderStill(context, poster)) ?? (await renderOwnStill(context, { folder, from: to, facts }));
    const place = { workspaceId: context.workspaceId, mediumId: randomUUID() };
    const put = (file: MediumFile, { mime, bytes: picture }: Pick<RenderedPicture, 'mime' | 'bytes'>) =>
      context.house.storage.put(mediumKey(place, file), picture, { mime });
    await put('poster', still.poster);
    await put('thumbnail', still.thumbnail);
    await context.house.storage.put(mediumKey(place, 'original'), createReadStream(to), { mime: facts.mime });
    return { mediumId: place.mediumId, facts, sha256: await hashFile(to) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Says as much of a busy machine as of the video. */
const brokeOff: readonly RenderFailure[] = ['timed-out', 'crashed', 'too-much-memory'];

function refuseVideo(failure: RenderFailure): never {
  if (failure === 'unknown-codec') refuse('medium-unsupported', { params: { context: 'video-codec' } });
  if (failure === 'unreadable') refuse('medium-unsupported', { params: { context: 'video-unreadable' } });
  if (brokeOff.includes(failure)) refuse('medium-unsupported', { params: { context: 'video-not-now' } });
  refuse('medium-too-large', { params: { context: 'video', max: MAX_VIDEO_EDGE } });
}

interface Still {
  poster: RenderedPicture;
  thumbnail: RenderedPicture;
}

/** Null when the bytes are no picture of ours. */
async function renderStill({ workspaceId }: WorkspaceContext, bytes: Uint8Array | null): Promise<Still | null> {
  const mime = bytes && recognisePicture(bytes);
  if (!bytes || !mime || mime === 'heic' || mime === 'unknown') return null;
  const limits = { maxBytes: 1_000_000, maxEdge: POSTER_PX, mimes: ['image/jpeg'] };
  const fitted = await renderer.render({ kind: 'fit', bytes, limits }, workspaceId);
  const [poster] = fitted.ok ? fitted.pictures : [];
  if (!poster) return null;
  const kept = await renderer.render({ kind: 'keep', bytes: poster.bytes, mime: poster.mime }, workspaceId);
  const thumbnail = kept.ok ? kept.pictures[1] : null;
  return thumbnail ? { poster, thumbnail } : null;
}

async function renderOwnStill(
  context: WorkspaceContext,
  { folder, from, facts }: { folder: string; from: string; facts: KeptVideo },
): Promise<Still> {
  const to = join(folder, 'still.jpg');
  const { mime, durationMs } = facts;
  const isTaken = await runInTurn(context.workspaceId, () => takeStill({ from, mime, to, durationMs }));
  const still = isTaken ? await renderStill(context, await readFile(to)) : null;
  if (still) return still;
  const share = Math.min(1, POSTER_PX / Math.max(facts.width, facts.height));
  const size = { width: Math.ceil(facts.width * share), height: Math.ceil(facts.height * share) };
  const blank = await renderer.render({ kind: 'blank', ...size }, context.workspaceId);
  const [poster, thumbnail] = blank.ok ? blank.pictures : [];
  if (!poster || !thumbnail) throw new Error('The renderer drew no still.');
  return { poster, thumbnail };
}
