import { z } from 'zod';
import { listPublished } from '#server/features/publishing/index.ts';
import { readClock } from '#server/platform/clock/index.ts';
import { type FactHearer, type Hearers, hearEach } from '#server/platform/facts/index.ts';
import { nextLook } from './fetch-plan.rules.ts';
import { fetchMetrics } from './jobs.ts';
import { dueNow, endPlans, insertPlans } from './plan-store.ts';

const OfDelivery = z.object({ deliveryId: z.uuid() });
const OfChannel = z.object({ channelId: z.uuid() });

/**
 * A part that went live is looked at from then on, and so is its channel. What the house counts itself is fetched at
 * once: a nought is a figure too.
 */
const begin: FactHearer = async ({ house }, facts) => {
  const { workspaceId } = facts[0];
  const deliveryIds = facts.map(({ payload }) => OfDelivery.parse(payload).deliveryId);
  await house.db.inWorkspace(workspaceId, async (tx) => {
    // What was taken down before this is heard is left out.
    const parts = (await listPublished(tx, { deliveryIds })).filter(({ removedAt }) => removedAt === null);
    if (parts.length === 0) return;
    const now = await readClock(tx);
    const channelIds = [...new Set(parts.map(({ channelId }) => channelId))];
    await insertPlans(tx, workspaceId, [
      ...parts.map(({ channelId, deliveryId, publishedAt }) => {
        return { channelId, deliveryId, publishedAt, nextAt: nextLook({ publishedAt, now, notBefore: null }) };
      }),
      ...channelIds.map((channelId) => ({ channelId, deliveryId: null, publishedAt: null, nextAt: now })),
    ]);
    const ours = parts.filter(({ network }) => house.connectors.get(network)?.manifest.connect.kind === 'own');
    if (ours.length === 0) return;
    const { channelIds: due } = await dueNow(
      tx,
      ours.map(({ deliveryId }) => deliveryId),
    );
    for (const channelId of due)
      await house.jobs.enqueue(tx, fetchMetrics, { workspaceId, channelId }, { key: channelId });
  });
};

/** What was taken down is not looked at any more. */
const end = hearEach(async ({ house }, fact) => {
  const { deliveryId } = OfDelivery.parse(fact.payload);
  await house.db.inWorkspace(fact.workspaceId, (tx) => endPlans(tx, [deliveryId]));
});

/** A channel that is connected, or connected again, is looked at now: its first figures are where goals start. */
const beginChannel = hearEach(async ({ house }, fact) => {
  const { workspaceId } = fact;
  const { channelId } = OfChannel.parse(fact.payload);
  await house.db.inWorkspace(workspaceId, async (tx) => {
    await insertPlans(tx, workspaceId, [{ channelId, deliveryId: null, publishedAt: null, nextAt: null }]);
    await dueNow(tx, [channelId]);
    await house.jobs.enqueue(tx, fetchMetrics, { workspaceId, channelId }, { key: channelId });
  });
});

export const analyticsHearers: Hearers = [
  { kind: 'delivery.published', hear: begin },
  { kind: 'delivery.removed', hear: end },
  { kind: 'channel.connected', hear: beginChannel },
];
