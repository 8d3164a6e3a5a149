import type { media } from '#contract/media.ts';
import { refuse, type Verb } from '#server/platform/context/index.ts';
import { updateAlt } from './medium-store.ts';
import { presentMedium } from './present-medium.ts';

/** Says in words what a picture shows. Posts that were sent keep the words they went out with. */
export const describeMedium: Verb<typeof media.update> = async (context, { mediumId, alt }) => {
  const row = await context.inWorkspace((tx) => updateAlt(tx, mediumId, alt));
  return row ? presentMedium(row, context.house.config) : refuse('not-found');
};
