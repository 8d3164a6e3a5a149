import { createReadStream, createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { Manifest } from '#connectors/kit/manifest.ts';
import type { House } from '#server/platform/context/index.ts';
import { tellFact } from '#server/platform/facts/index.ts';
import { forgetConverter } from './can-convert-videos.ts';
import { openFairQueue } from './fair-queue.ts';
import { hashFile } from './hash-file.ts';
import { type MediumPlace, mediumKey, renditionFile } from './medium-files.ts';
import { findMedium } from './medium-store.ts';
import type { RenderFailure } from './render-task.ts';
import { videoRenderer } from './renderer.ts';
import { keepRendition } from './rendition-store.ts';
import type { MediumRow, RenditionRow } from './tables.ts';
import { transcodeVideo } from './transcode-video.ts';

export type Conversion =
  | { ok: true; rendition: RenditionRow }
  | { ok: false; failure: RenderFailure | 'gone' | 'no-program' };

/** For so long a conversion that failed is not begun again by looking at it. */
const KEPT_MS = 10 * 60_000;
const failed = new Map<string, { failure: RenderFailure; until: number }>();

/** What is being converted in this process: asked for twice it is done once. One at a time, workspaces in turn. */
interface Running {
  outcome: Promise<Conversion>;
  /** How much of it is done, from 0 to 1. */
  share: number;
  abort: AbortController;
}
const running = new Map<string, Running>();
const queue = openFairQueue();

interface Wanted {
  medium: MediumRow;
  recipe: string;
  limits: NonNullable<Manifest['videos']>;
}

/** Converts a video for a network and keeps what came of it. Tells `media.converted` when it is there, or cannot be. */
export function convertMedium(house: House, wanted: Wanted): Pick<Running, 'outcome' | 'share'> {
  const key = keyOf(wanted);
  const known = running.get(key);
  if (known) return known;
  const abort = new AbortController();
  const outcome = queue
    .run(wanted.medium.workspace_id, () =>
      convertNow(house, wanted, { signal: abort.signal, onShare: (share) => Object.assign(started, { share }) }),
    )
    .catch((error: unknown): Conversion => {
      house.log.warn({ err: error, mediumId: wanted.medium.id }, 'a video could not be converted');
      return { ok: false, failure: 'crashed' };
    })
    .finally(() => running.delete(key));
  const started: Running = { outcome, share: 0, abort };
  running.set(key, started);
  void outcome.then((it) => {
    // Before anybody is told: who then asks finds the reason.
    keepFailure(key, it);
    return tell(house, wanted.medium);
  });
  return started;
}

/** Why this could not be converted a short while ago; null when it was not tried, or may be tried anew. */
export function recentFailure(wanted: Pick<Wanted, 'medium' | 'recipe'>): RenderFailure | null {
  const known = failed.get(keyOf(wanted));
  return known && known.until > performance.now() ? known.failure : null;
}

function keepFailure(key: string, outcome: Conversion): void {
  const now = performance.now();
  for (const [other, { until }] of failed) if (until <= now) failed.delete(other);
  failed.delete(key);
  if (outcome.ok || outcome.failure === 'gone') return;
  // Taken off the machine meanwhile: that is asked anew, and is no fault of the video's.
  if (outcome.failure === 'no-program') forgetConverter();
  else failed.set(key, { failure: outcome.failure, until: now + KEPT_MS });
}

const keyOf = ({ medium, recipe }: Pick<Wanted, 'medium' | 'recipe'>): string => `${medium.id} ${recipe}`;

/** Stops whatever is being made of a medium that is no longer wanted. */
export function stopConverting(mediumId: string): void {
  for (const [key, { abort }] of running) if (key.startsWith(`${mediumId} `)) abort.abort();
}

async function convertNow(
  house: House,
  wanted: Wanted,
  { signal, onShare }: { signal: AbortSignal; onShare: (share: number) => void },
): Promise<Conversion> {
  const { medium, recipe, limits } = wanted;
  const place: MediumPlace = { workspaceId: medium.workspace_id, mediumId: medium.id };
  const folder = await mkdtemp(join(tmpdir(), 'goalpost-video-'));
  try {
    const [from, to, kept] = [join(folder, 'from'), join(folder, 'to.mp4'), join(folder, 'kept')];
    const original = await house.storage.get(mediumKey(place, 'original'));
    if (!original || signal.aborted) return { ok: false, failure: 'gone' };
    await pipeline(original.stream(), createWriteStream(from));
    const durationMs = medium.video?.durationMs ?? 0;
    const mime = medium.mime === 'video/webm' ? 'video/webm' : 'video/mp4';
    const made = await transcodeVideo({ from, mime, to, durationMs, limits, signal, onShare });
    if (signal.aborted) return { ok: false, failure: 'gone' };
    if (!made.ok) return made;
    // Read by the same eyes as what people bring: what is kept of it is what it is.
    const read = await videoRenderer.render({ kind: 'keep-video', from: to, to: kept }, place.workspaceId);
    if (!read.ok || !read.video) return { ok: false, failure: read.ok ? 'crashed' : read.failure };
    const { video } = read;
    if (video.sizeBytes > limits.maxBytes) return { ok: false, failure: 'cannot-fit' };
    const sha256 = await hashFile(kept);
    const file = mediumKey(place, renditionFile(sha256));
    await house.storage.put(file, createReadStream(kept), { mime: video.mime });
    const row = {
      workspace_id: place.workspaceId,
      medium_id: place.mediumId,
      recipe,
      mime: video.mime,
      size_bytes: video.sizeBytes,
      width: video.width,
      height: video.height,
      frames: 1,
      sha256,
    };
    const rendition = await house.db.inWorkspace(place.workspaceId, async (tx) =>
      (await findMedium(tx, place.mediumId)) ? keepRendition(tx, row) : null,
    );
    if (rendition) return { ok: true, rendition };
    await house.storage.delete(file);
    return { ok: false, failure: 'gone' };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The screens that wait for it ask again. */
async function tell(house: House, { workspace_id: workspaceId, id: mediumId }: MediumRow): Promise<void> {
  await house.db
    .inWorkspace(workspaceId, (tx) => tellFact(tx, { workspaceId, kind: 'media.converted', payload: { mediumId } }))
    .catch((error: unknown) => house.log.warn({ err: error, mediumId }, 'nobody was told of a converted video'));
}
