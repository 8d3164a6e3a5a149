import type { analytics } from '#contract/analytics.ts';
import { hasDelivery, listPublished } from '#server/features/publishing/index.ts';
import { refuse, type Verb } from '#server/platform/context/index.ts';
import { groupParts } from './find-subjects.ts';
import { bookOf, presentFigures } from './present-figures.ts';
import { listFigures } from './reading-store.ts';

/** The figures of one delivery over all its parts; none before it is published. */
export const listDeliveryFigures: Verb<typeof analytics.figures> = async (context, { deliveryId }) =>
  context.inWorkspace(async (tx) => {
    if (!(await hasDelivery(tx, deliveryId))) refuse('not-found');
    const [subject] = await groupParts(context.house, tx, await listPublished(tx, { groupIds: [deliveryId] }));
    if (!subject) return { figures: [] };
    return { figures: presentFigures(subject, bookOf(await listFigures(tx, subject.figureIds))) };
  });
