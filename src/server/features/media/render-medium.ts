import type { Context } from '#server/platform/context/index.ts';
import { type MediumPlace, mediumKey } from './medium-files.ts';
import { findMedium } from './medium-store.ts';
import type { PictureLimits } from './picture.rules.ts';
import type { RenderedPicture, RenderFailure } from './render-task.ts';
import { renderer } from './renderer.ts';

export type MediumRendering =
  | { ok: true; picture: RenderedPicture; alt: string }
  | { ok: false; failure: RenderFailure | 'gone' };

/**
 * A picture within a network's limits: as it is kept when it fits, else at a lower quality (not below 60), else smaller.
 * The same picture and limits give the same bytes. An animation that must be made to fit becomes a still picture.
 */
export async function renderMedium(
  { house }: Context,
  { maxBytes, maxEdge, mimes, ...place }: MediumPlace & PictureLimits,
): Promise<MediumRendering> {
  const row = await house.db.inWorkspace(place.workspaceId, (tx) => findMedium(tx, place.mediumId));
  const file = row && (await house.storage.get(mediumKey(place, 'original')));
  if (!row || !file) return { ok: false, failure: 'gone' };
  const { mime, width, height, alt } = row;
  const bytes = await file.bytes();
  if (mimes.includes(mime) && bytes.byteLength <= maxBytes && Math.max(width, height) <= maxEdge) {
    return { ok: true, picture: { mime, bytes, width, height }, alt };
  }
  const outcome = await renderer.render({ kind: 'fit', bytes, limits: { maxBytes, maxEdge, mimes } });
  if (!outcome.ok) return outcome;
  const [picture] = outcome.pictures;
  return picture ? { ok: true, picture, alt } : { ok: false, failure: 'crashed' };
}
