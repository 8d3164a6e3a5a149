import { z } from 'zod';
import type { FactHearer, Hearers } from '#server/platform/facts/index.ts';
import { pingHubs } from './ping-hubs.ts';

const OfDelivery = z.object({ network: z.string() });

/** What changed on the own page is in its feeds; several changes at once are one call. */
const tellHubs: FactHearer = async ({ house }, facts) => {
  const { workspaceId } = facts[0];
  const onPage = facts.some(({ payload }) => OfDelivery.safeParse(payload).data?.network === 'page');
  if (!onPage || house.config.websubHubs.length === 0) return;
  await house.db.inWorkspace(workspaceId, (tx) =>
    house.jobs.enqueue(tx, pingHubs, { workspaceId }, { key: workspaceId }),
  );
};

export const pageHearers: Hearers = [
  { kind: 'delivery.published', hear: tellHubs },
  { kind: 'delivery.corrected', hear: tellHubs },
  { kind: 'delivery.removed', hear: tellHubs },
];
