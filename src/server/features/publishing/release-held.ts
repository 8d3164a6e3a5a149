import { readClock } from '#server/platform/clock/index.ts';
import type { FactHearer, Hearers } from '#server/platform/facts/index.ts';
import { listHeldOfChannel, moveDelivery, wakeWorkers } from './delivery-store.ts';

/** A channel works again: what was held because it did not goes on, and what is late by now is left to the sweep. */
const releaseHeld: FactHearer = async (context, fact) => {
  const channelId = String(fact.payload['channelId']);
  await context.house.db.inWorkspace(fact.workspaceId, async (tx) => {
    const now = await readClock(tx);
    for (const id of await listHeldOfChannel(tx, channelId, ['connection-broken', 'permission-missing'])) {
      await moveDelivery(tx, id, { to: 'scheduled', cause: 'sweep', set: { not_before: now, fault: null } });
    }
    await wakeWorkers(tx);
  });
};

export const publishingHearers: Hearers = [{ kind: 'channel.connected', hear: releaseHeld }];
