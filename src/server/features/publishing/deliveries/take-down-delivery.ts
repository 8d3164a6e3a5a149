import type { deliveries } from '#contract/deliveries.ts';
import { refuse, type Verb } from '#server/platform/context/index.ts';
import { tellFact } from '#server/platform/facts/index.ts';
import { obstacleToTakingDown } from '../afterwards.rules.ts';
import { isOver } from '../delivery-states.rules.ts';
import { findParts, moveDelivery } from '../delivery-store.ts';
import { noteDue } from '../note-due.ts';
import { presentDelivery } from '../present-delivery.ts';
import { askTakeDown } from './afterwards-store.ts';
import { finishAsked } from './finish-asked.ts';
import { goOnLater } from './finish-job.ts';
import { refuseFault } from './refuse-fault.ts';

/**
 * Takes down what is live, and cancels what has not gone out yet. When the network does not answer it is gone on with
 * later, and the answer says so (`afterwards.asked`); when the network says no it stays up and the refusal says why.
 */
export const takeDownDelivery: Verb<typeof deliveries.takeDown> = async (context, { workspaceId, deliveryId }) => {
  const { house } = context;
  await context.inWorkspace(async (tx) => {
    const parts = await findParts(tx, deliveryId, { lock: true });
    const first = parts[0] ?? refuse('not-found');
    const manifest = house.connectors.get(first.network)?.manifest ?? null;
    const obstacle = obstacleToTakingDown(manifest, parts);
    if (obstacle) refuse(obstacle, { params: { state: first.state } });
    for (const part of parts.filter((it) => !isOver(it.state)))
      await moveDelivery(tx, part.id, { to: 'cancelled', cause: 'person' });
    await askTakeDown(tx, deliveryId);
    await tellFact(tx, {
      workspaceId,
      kind: 'delivery.take-down-asked',
      payload: { deliveryId, postId: first.post_id, channelId: first.channel_id },
      personId: context.personId,
    });
    await noteDue(tx, [first.channel_id]);
    await goOnLater(context, tx, { workspaceId, deliveryId });
  });
  const finish = await finishAsked(context, { workspaceId, deliveryId });
  if (finish.state === 'refused') refuseFault(finish.fault);
  const rows = await context.inWorkspace((tx) => findParts(tx, deliveryId));
  return presentDelivery(rows, house.connectors) ?? refuse('not-found');
};
