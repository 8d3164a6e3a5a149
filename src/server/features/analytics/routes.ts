import type { Routes } from '#server/platform/context/index.ts';
import { countPage } from './count-page.ts';
import { getProgress } from './get-progress.ts';
import { listDeliveryFigures } from './list-delivery-figures.ts';
import { listEngagements } from './list-engagements.ts';
import { listEvidence } from './list-evidence.ts';
import { listChannelLooks, listDeliveryLooks } from './list-looks.ts';
import { refreshDelivery } from './refresh-delivery.ts';
import { refreshGoal } from './refresh-goal.ts';

export const analyticsRoutes = {
  analytics: {
    progress: getProgress,
    evidence: listEvidence,
    engagements: listEngagements,
    figures: listDeliveryFigures,
    looks: listDeliveryLooks,
    channelLooks: listChannelLooks,
    pageCounts: countPage,
    refreshDelivery,
    refresh: refreshGoal,
  },
} satisfies Routes<'analytics'>;
