import type { z } from 'zod';
import type { Delivery, deliveries } from '#contract/deliveries.ts';
import { readClock } from '#server/platform/clock/index.ts';
import { refuse, type Verb, type WorkspaceContext } from '#server/platform/context/index.ts';
import type { Tx } from '#server/platform/db/index.ts';
import { tellFact } from '#server/platform/facts/index.ts';
import { isOnItsWay, isOver } from '../delivery-states.rules.ts';
import { findParts, letGoParts, type Move, moveDelivery, wakeWorkers } from '../delivery-store.ts';
import { findSeen } from '../engine/index.ts';
import { noteDue } from '../note-due.ts';
import { presentDelivery } from '../present-delivery.ts';
import { settlePublished } from '../settle-store.ts';
import type { DeliveryRow } from '../tables.ts';

/** Takes one delivery off the calendar; what is on its way is refused. */
export const cancelDelivery: Verb<typeof deliveries.cancel> = (context, { deliveryId }) =>
  decide(context, deliveryId, 'delivery.cancelled', async (tx, parts, current) => {
    if (isOnItsWay(current.state)) refuse('delivery-on-its-way');
    let moved = 0;
    for (const part of parts) if (await moveDelivery(tx, part.id, { to: 'cancelled', cause: 'person' })) moved += 1;
    if (moved === 0) refuse('delivery-not-in-state', { params: { state: current.state } });
  });

/** Tries a failed delivery again, or lets a held one go, however late it is. */
export const retryDelivery: Verb<typeof deliveries.retry> = (context, { deliveryId }) =>
  decide(context, deliveryId, 'delivery.retried', async (tx, _parts, current) => {
    if (current.state !== 'failed' && current.state !== 'held')
      refuse('delivery-not-in-state', { params: { state: current.state } });
    const now = await readClock(tx);
    // Held before it is due, it goes out when it is due.
    const notBefore = new Date(Math.max(current.due_at.getTime(), now.getTime()));
    await must(tx, current, { to: 'scheduled', cause: 'person', set: { not_before: notBefore, fault: null } });
    await letGoParts(tx, current);
  });

/**
 * “It is there”: a person saw it. The network is asked once more, because with its own id the figures can be fetched and
 * a thread can go on. When it does not show the post, the person's word holds, and what would follow it is cancelled.
 */
export const confirmDeliveryLive: Verb<typeof deliveries.confirmLive> = async (
  context,
  { workspaceId, deliveryId, address },
) => {
  const seen = await findSeen(context, { workspaceId, deliveryId });
  return decide(context, deliveryId, 'delivery.confirmed', async (tx, parts, current) => {
    if (current.state !== 'unconfirmed') refuse('delivery-not-in-state', { params: { state: current.state } });
    const said = { remoteId: null, address, receipt: null };
    if (!(await settlePublished(tx, current, { sent: seen ?? said, from: ['unconfirmed'] })))
      refuse('delivery-not-in-state', { params: { state: current.state } });
    if (seen) return;
    for (const part of parts.filter((it) => it.position > current.position))
      await moveDelivery(tx, part.id, { to: 'cancelled', cause: 'person' });
  });
};

/** “It is not there”: sends it again under the same key, so that a late first one and this one are still one post where the network has keys. */
export const sendDeliveryAgain: Verb<typeof deliveries.sendAgain> = (context, { deliveryId }) =>
  decide(context, deliveryId, 'delivery.sent-again', async (tx, _parts, current) => {
    if (current.state !== 'unconfirmed') refuse('delivery-not-in-state', { params: { state: current.state } });
    const now = await readClock(tx);
    await must(tx, current, { to: 'scheduled', cause: 'person', set: { not_before: now, next_look_at: null } });
    await letGoParts(tx, current);
  });

async function decide(
  context: WorkspaceContext,
  deliveryId: string,
  kind: string,
  act: (tx: Tx, parts: DeliveryRow[], current: DeliveryRow) => Promise<void>,
): Promise<z.input<typeof Delivery>> {
  const { workspaceId } = context;
  return context.inWorkspace(async (tx) => {
    const parts = await findParts(tx, deliveryId, { lock: true });
    const current = parts.find((part) => !isOver(part.state)) ?? parts.at(-1) ?? refuse('not-found');
    await act(tx, parts, current);
    await tellFact(tx, {
      workspaceId,
      kind,
      payload: { deliveryId, postId: current.post_id, channelId: current.channel_id },
      personId: context.personId,
    });
    await noteDue(tx, [current.channel_id]);
    await wakeWorkers(tx);
    return presentDelivery(await findParts(tx, deliveryId), context.house.connectors) ?? refuse('not-found');
  });
}

async function must(tx: Tx, part: DeliveryRow, move: Move): Promise<void> {
  if (!(await moveDelivery(tx, part.id, move))) refuse('delivery-not-in-state', { params: { state: part.state } });
}
