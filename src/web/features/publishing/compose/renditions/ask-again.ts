import type { Rendition } from '#contract/media.ts';

/** How far a conversion is, nobody tells: only that it is over. */
const APART_MS = 3_000;

/** In how many milliseconds to ask anew what a medium goes out as; false when asking again would say the same. */
export function askAgain(rendition: Pick<Rendition, 'state'> | undefined): number | false {
  return rendition?.state === 'making' ? APART_MS : false;
}
