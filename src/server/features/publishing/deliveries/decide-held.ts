import type { deliveries } from '#contract/deliveries.ts';
import { readClock } from '#server/platform/clock/index.ts';
import type { Verb } from '#server/platform/context/index.ts';
import { tellFacts } from '#server/platform/facts/index.ts';
import { isOver } from '../delivery-states.rules.ts';
import { findParts, letGoParts, moveDelivery, wakeWorkers } from '../delivery-store.ts';
import { noteDue } from '../note-due.ts';
import type { DeliveryRow } from '../tables.ts';
import { lockHeld } from './held-store.ts';

/** Deliveries decided in one transaction; for more it is called again. */
const MOST = 500;

/**
 * One decision about everything that an outage or a restore has held: all of it goes out now, each channel's in order of
 * what was due first, or none of it does. What is held before it is due seems to be out already: it is not let go with the
 * rest. What a colleague decided meanwhile stays decided.
 */
export const decideHeldDeliveries: Verb<typeof deliveries.decideHeld> = (context, { reason, decision }) =>
  context.inWorkspace(async (tx) => {
    const now = await readClock(tx);
    const dueUntil = decision === 'let-go' ? now : null;
    const { groupIds, left } = await lockHeld(tx, { reason, dueUntil, most: MOST });
    const decided: DeliveryRow[] = [];
    for (const groupId of groupIds) {
      const parts = await findParts(tx, groupId);
      const current = parts.find((part) => !isOver(part.state));
      if (current?.state !== 'held' || current.held_reason !== reason) continue;
      if (decision === 'cancel')
        for (const part of parts) await moveDelivery(tx, part.id, { to: 'cancelled', cause: 'person' });
      else {
        await moveDelivery(tx, current.id, { to: 'scheduled', cause: 'person', set: { not_before: now, fault: null } });
        await letGoParts(tx, groupId);
      }
      decided.push(current);
    }
    const { workspaceId, personId } = context;
    await tellFacts(
      tx,
      decided.map(({ group_id: deliveryId, post_id: postId, channel_id: channelId }) => ({
        workspaceId,
        kind: decision === 'cancel' ? 'delivery.cancelled' : 'delivery.retried',
        payload: { deliveryId, postId, channelId },
        personId,
      })),
    );
    await noteDue(
      tx,
      decided.map((it) => it.channel_id),
    );
    await wakeWorkers(tx);
    return { decided: decided.length, left };
  });
