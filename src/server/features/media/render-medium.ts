import type { MediumToSend } from '#connectors/kit/contract.ts';
import type { Context } from '#server/platform/context/index.ts';
import { makeRendition, type Rendering, type RenditionFailure, type Takes } from './make-rendition.ts';
import { type MediumFile, type MediumPlace, mediumKey, renditionFile } from './medium-files.ts';
import { forgetRendition } from './rendition-store.ts';
import type { MediumRow } from './tables.ts';

export type MediumRendering =
  | { ok: true; medium: Omit<MediumToSend, 'alt'>; alt: string }
  | { ok: false; failure: RenditionFailure | 'making' };

/** How long a sender waits for a video that is being converted; it comes back later when that is not enough. */
const PATIENCE_MS = 60_000;

/** A medium as it goes out on a network: the very bytes that were shown before, else made now. */
export async function renderMedium(
  context: Context,
  { place, takes }: { place: MediumPlace; takes: Takes },
): Promise<MediumRendering> {
  let made = await makeOrWait(context, { place, takes });
  let bytes = made.ok ? await read(context, place, fileOf(made)) : null;
  if (made.ok && made.rendition && !bytes) {
    // What a restore brought no file for is made once more.
    const { recipe } = made.rendition;
    await context.house.db.inWorkspace(place.workspaceId, (tx) => forgetRendition(tx, place.mediumId, recipe));
    made = await makeOrWait(context, { place, takes });
    bytes = made.ok ? await read(context, place, fileOf(made)) : null;
  }
  if (!made.ok) return { ok: false, failure: made.failure };
  if (!bytes) return { ok: false, failure: 'gone' };
  const { medium, rendition } = made;
  const { mime, width, height } = rendition ?? medium;
  const video = medium.video ? { video: await describeVideo(context, place, medium) } : {};
  return { ok: true, medium: { mime, width, height, bytes, ...video }, alt: medium.alt };
}

async function makeOrWait(context: Context, wanted: { place: MediumPlace; takes: Takes }): Promise<Rendering> {
  // What is due is tried, whatever came of it when somebody looked.
  const made = await makeRendition(context, { ...wanted, anew: true });
  if (made.ok || made.failure !== 'making' || !('outcome' in made)) return made;
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), PATIENCE_MS);
  });
  const outcome = await Promise.race([made.outcome, late]);
  clearTimeout(timer);
  if (!outcome) return made;
  if (outcome.ok) return makeRendition(context, wanted);
  return { ok: false, failure: outcome.failure === 'no-program' ? 'cannot-convert' : outcome.failure };
}

const fileOf = ({ rendition }: Rendering & { ok: true }): MediumFile =>
  rendition ? renditionFile(rendition.sha256) : 'original';

async function read({ house }: Context, place: MediumPlace, file: MediumFile): Promise<Uint8Array | null> {
  return (await (await house.storage.get(mediumKey(place, file)))?.bytes()) ?? null;
}

async function describeVideo(
  context: Context,
  place: MediumPlace,
  { video, width, height }: MediumRow,
): Promise<NonNullable<MediumToSend['video']>> {
  const still = await read(context, place, 'poster');
  const poster = still && { mime: 'image/jpeg', width, height, bytes: still };
  return { durationMs: video?.durationMs ?? 0, poster };
}
