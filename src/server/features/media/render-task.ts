import type { PictureLimits, PictureMime } from './picture.rules.ts';
import type { KeptVideo } from './video.rules.ts';

/** What the rendering process is asked. */
export type RenderTask =
  | { kind: 'keep'; bytes: Uint8Array; mime: PictureMime }
  | { kind: 'fit'; bytes: Uint8Array; limits: PictureLimits }
  /** A still for a video of which none could be had. */
  | { kind: 'blank'; width: number; height: number }
  /** Paths of files: a video is too large to be handed over. */
  | { kind: 'keep-video'; from: string; to: string };

export interface RenderedPicture {
  mime: PictureMime;
  bytes: Uint8Array;
  width: number;
  height: number;
  /** More than one: it moves. */
  frames: number;
}

/** Why a picture or a video could not be rendered: its own fault, except for the last two. */
export type RenderFailure =
  | 'unreadable'
  | 'unknown-codec'
  | 'too-many-pixels'
  | 'too-much-memory'
  | 'cannot-fit'
  | 'timed-out'
  | 'crashed';

/**
 * `keep` gives the picture and its thumbnail, `fit` the one that fits, `blank` a still and its thumbnail, `keep-video`
 * what the written file holds. `turned`: it lay on its side or upside down, as
 * cameras write, and was set upright.
 */
export type RenderOutcome =
  | { ok: true; pictures: RenderedPicture[]; turned: boolean; video?: KeptVideo }
  | { ok: false; failure: RenderFailure };

/** Exit status of a rendering process that went over its memory. */
export const MEMORY_EXIT_STATUS = 70;
