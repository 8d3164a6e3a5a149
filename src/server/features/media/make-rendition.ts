import { createHash } from 'node:crypto';
import type { Manifest } from '#connectors/kit/manifest.ts';
import { judgeVideo } from '#connectors/kit/rules/index.ts';
import type { Context } from '#server/platform/context/index.ts';
import { canConvertVideos } from './can-convert-videos.ts';
import { type Conversion, convertMedium, recentFailure } from './convert-medium.ts';
import { type MediumPlace, mediumKey, renditionFile } from './medium-files.ts';
import { findMedium } from './medium-store.ts';
import { fitsAsKept, type PictureLimits } from './picture.rules.ts';
import { pictureLimitsOf } from './picture-limits-of.ts';
import { factsOf } from './present-medium.ts';
import type { RenderFailure } from './render-task.ts';
import { renderer } from './renderer.ts';
import { findRendition, keepRendition } from './rendition-store.ts';
import type { MediumRow, RenditionRow } from './tables.ts';

/** Raised when the renderer makes other bytes of the same medium: what was made before is then made anew. */
const RENDERING = 1;

/** What a network takes. */
export type Takes = Pick<Manifest, 'images' | 'videos'>;

export type RenditionFailure = RenderFailure | 'gone' | 'not-taken' | 'cannot-convert' | 'too-long';

/** Null for `rendition`: it goes out as it is kept. `making`: a video that is being converted. */
export type Rendering =
  | { ok: true; medium: MediumRow; rendition: RenditionRow | null }
  | { ok: false; failure: RenditionFailure }
  | { ok: false; failure: 'making'; outcome: Promise<Conversion>; share: number };

/**
 * What goes out of a medium on a network: as it is kept when that fits; else a picture at a lower quality (not below 60)
 * or smaller, a video converted. Made once and kept under what it was made for, so that what is shown before is what goes
 * out, also when two ask at once. That a video could not be converted is kept for a while; with `anew` it is tried all
 * the same.
 */
export async function makeRendition(
  context: Context,
  { place, takes, anew = false }: { place: MediumPlace; takes: Takes; anew?: boolean },
): Promise<Rendering> {
  const { house } = context;
  const found = await house.db.inWorkspace(place.workspaceId, async (tx) => {
    const medium = await findMedium(tx, place.mediumId);
    const recipe = medium && recipeOf(medium, takes);
    if (!medium || recipe === null) return { medium, recipe: null, rendition: null };
    return { medium, recipe, rendition: await findRendition(tx, place.mediumId, recipe) };
  });
  const { medium, recipe, rendition } = found;
  if (!medium) return { ok: false, failure: 'gone' };
  if (!(medium.video ? takes.videos : takes.images)) return { ok: false, failure: 'not-taken' };
  if (rendition || recipe === null) return { ok: true, medium, rendition };
  if (takes.videos && medium.video) return startConverting(context, { medium, recipe, limits: takes.videos, anew });
  return takes.images
    ? renderPicture(context, { medium, recipe, limits: pictureLimitsOf(takes.images) })
    : { ok: false, failure: 'not-taken' };
}

async function startConverting(
  { house }: Context,
  { anew, ...wanted }: { medium: MediumRow; recipe: string; limits: NonNullable<Takes['videos']>; anew: boolean },
): Promise<Rendering> {
  const obstacles = judgeVideo(wanted.limits, factsOf(wanted.medium, { convertible: true }));
  if (obstacles.some(({ mendable }) => !mendable)) return { ok: false, failure: 'too-long' };
  if (!(await canConvertVideos())) return { ok: false, failure: 'cannot-convert' };
  const failure = anew ? null : recentFailure(wanted);
  if (failure) return { ok: false, failure };
  const { outcome, share } = convertMedium(house, wanted);
  return { ok: false, failure: 'making', outcome, share };
}

async function renderPicture(
  { house }: Context,
  { medium, recipe, limits }: { medium: MediumRow; recipe: string; limits: PictureLimits },
): Promise<Rendering> {
  const place: MediumPlace = { workspaceId: medium.workspace_id, mediumId: medium.id };
  const file = await house.storage.get(mediumKey(place, 'original'));
  if (!file) return { ok: false, failure: 'gone' };
  const task = { kind: 'fit', bytes: await file.bytes(), limits } as const;
  const outcome = await renderer.render(task, place.workspaceId);
  if (!outcome.ok) return outcome;
  const [picture] = outcome.pictures;
  if (!picture) return { ok: false, failure: 'crashed' };
  const { bytes, ...facts } = picture;
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  await house.storage.put(mediumKey(place, renditionFile(sha256)), bytes, { mime: facts.mime });
  const row = {
    workspace_id: place.workspaceId,
    medium_id: place.mediumId,
    recipe,
    mime: facts.mime,
    size_bytes: bytes.byteLength,
    width: facts.width,
    height: facts.height,
    frames: facts.frames,
    sha256,
  };
  const rendition = await house.db.inWorkspace(place.workspaceId, async (tx) =>
    // Removed while it was rendered: then nobody sends it either.
    (await findMedium(tx, place.mediumId)) ? keepRendition(tx, row) : null,
  );
  if (rendition) return { ok: true, medium, rendition };
  await house.storage.delete(mediumKey(place, renditionFile(sha256)));
  return { ok: false, failure: 'gone' };
}

/** A row of the library, or of what was made of it, as the rules want it. */
export const keptOf = (row: Pick<MediumRow, 'mime' | 'size_bytes' | 'width' | 'height' | 'frames'>) => ({
  mime: row.mime,
  sizeBytes: row.size_bytes,
  width: row.width,
  height: row.height,
  frames: row.frames,
});

/** Null when the medium goes out as it is kept, or not at all. */
function recipeOf(medium: MediumRow, { images, videos }: Takes): string | null {
  if (medium.video) {
    if (!videos || judgeVideo(videos, factsOf(medium, { convertible: true })).length === 0) return null;
    const { maxBytes, maxEdge, mimes, videoCodecs, audioCodecs } = videos;
    return hash([RENDERING, 'video', maxBytes, maxEdge, mimes[0], videoCodecs[0], audioCodecs[0]]);
  }
  if (!images || fitsAsKept(keptOf(medium), pictureLimitsOf(images))) return null;
  const { maxBytes, maxEdge, mimes, moving } = pictureLimitsOf(images);
  return hash([RENDERING, maxBytes, maxEdge, [...mimes].sort(), [...(moving ?? [])].sort()]);
}

const hash = (what: unknown): string => createHash('sha256').update(JSON.stringify(what)).digest('hex').slice(0, 32);
