import type { PictureLimits, PictureMime } from './picture.rules.ts';

/** What the rendering process is asked. */
export type RenderTask =
  | { kind: 'keep'; bytes: Uint8Array; mime: PictureMime }
  | { kind: 'fit'; bytes: Uint8Array; limits: PictureLimits };

export interface RenderedPicture {
  mime: PictureMime;
  bytes: Uint8Array;
  width: number;
  height: number;
}

/** Why a picture could not be rendered: the picture's fault, except for the last two. */
export type RenderFailure = 'unreadable' | 'too-many-pixels' | 'cannot-fit' | 'timed-out' | 'crashed';

/** `keep` gives the picture and its thumbnail, `fit` the one that fits. */
export type RenderOutcome = { ok: true; pictures: RenderedPicture[] } | { ok: false; failure: RenderFailure };
