import type { media } from '#contract/media.ts';
import { refuse, type Verb } from '#server/platform/context/index.ts';
import { findMedium } from './medium-store.ts';
import { presentMedium } from './present-medium.ts';

/** One picture of the library. */
export const getMedium: Verb<typeof media.get> = async (context, { mediumId }) => {
  const row = await context.inWorkspace((tx) => findMedium(tx, mediumId));
  return row ? presentMedium(row, context.house.config) : refuse('not-found');
};
