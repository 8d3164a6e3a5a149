import { z } from 'zod';
import { listPublished } from '#server/features/publishing/index.ts';
import { readClock } from '#server/platform/clock/index.ts';
import type { FactHearer, Hearers } from '#server/platform/facts/index.ts';
import { nextLook } from './fetch-plan.rules.ts';
import { fetchMetrics } from './jobs.ts';
import { dueNow, endPlan, insertPlan } from './plan-store.ts';

const OfDelivery = z.object({ deliveryId: z.uuid() });
const OfChannel = z.object({ channelId: z.uuid() });

/**
 * A part that went live is looked at from then on, and so is its channel. What the house counts itself is fetched at
 * once: a nought is a figure too.
 */
const begin: FactHearer = async ({ house }, fact) => {
  const { deliveryId } = OfDelivery.parse(fact.payload);
  await house.db.inWorkspace(fact.workspaceId, async (tx) => {
    const [part] = await listPublished(tx, { deliveryIds: [deliveryId] });
    // It may have been taken down before this is heard.
    if (!part || part.removedAt) return;
    const { channelId, network, publishedAt } = part;
    const now = await readClock(tx);
    const nextAt = nextLook({ publishedAt, now, notBefore: null });
    await insertPlan(tx, { workspaceId: fact.workspaceId, channelId, deliveryId, publishedAt, nextAt });
    await insertPlan(tx, {
      workspaceId: fact.workspaceId,
      channelId,
      deliveryId: null,
      publishedAt: null,
      nextAt: now,
    });
    if (house.connectors.get(network)?.manifest.connect.kind === 'own') {
      await dueNow(tx, [deliveryId]);
      await house.jobs.enqueue(tx, fetchMetrics, { workspaceId: fact.workspaceId, channelId }, { key: channelId });
    }
  });
};

/** What was taken down is not looked at any more. */
const end: FactHearer = async ({ house }, fact) => {
  const { deliveryId } = OfDelivery.parse(fact.payload);
  await house.db.inWorkspace(fact.workspaceId, (tx) => endPlan(tx, deliveryId));
};

/** A channel that is connected, or connected again, is looked at now: its first figures are where goals start. */
const beginChannel: FactHearer = async ({ house }, fact) => {
  const { workspaceId } = fact;
  const { channelId } = OfChannel.parse(fact.payload);
  await house.db.inWorkspace(workspaceId, async (tx) => {
    await insertPlan(tx, { workspaceId, channelId, deliveryId: null, publishedAt: null, nextAt: null });
    await dueNow(tx, [channelId]);
    await house.jobs.enqueue(tx, fetchMetrics, { workspaceId, channelId }, { key: channelId });
  });
};

export const analyticsHearers: Hearers = [
  { kind: 'delivery.published', hear: begin },
  { kind: 'delivery.removed', hear: end },
  { kind: 'channel.connected', hear: beginChannel },
];
