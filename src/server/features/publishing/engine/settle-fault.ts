import type { Fault } from '#connectors/kit/faults.ts';
import type { Context } from '#server/platform/context/index.ts';
import { tellFact } from '#server/platform/facts/index.ts';
import { LOOK_AFTER_MS } from '../delivery-states.rules.ts';
import type { Decision } from '../fault-decision.rules.ts';
import { keepFault } from '../keep-fault.ts';
import { noteDue } from '../note-due.ts';
import { type Load, type Settlement, settle } from './attempt-store.ts';
import { type Claim, pushBack } from './ledger-store.ts';

const PROCESSING_LOOK_MS = 5_000;

/** Does what the fault table decided, and tells of it where a person may have to act. */
export async function settleFault(
  context: Context,
  claim: Claim,
  {
    load,
    from,
    fault,
    decision,
    attempt: made,
  }: {
    load: Load;
    from: 'claimed' | 'armed';
    fault: Fault;
    decision: Decision;
    /** The send, when there was one. */
    attempt?: { id: string; number: number };
  },
): Promise<void> {
  const { house } = context;
  const kept = keepFault(fault, load.now);
  const attempt = made
    ? ({
        id: made.id,
        outcome:
          decision.do === 'unconfirmed' ? 'unknown' : decision.do === 'processing' ? 'processing' : 'not-reached',
      } as const)
    : null;
  const settlement: Settlement = { from, fault: kept, ...(attempt ? { attempt } : {}), ...shapeDecision(decision) };
  await house.db.inWorkspace(claim.workspaceId, async (tx) => {
    const mine = await settle(tx, claim, settlement);
    if (mine && decision.do !== 'later') {
      await tellFact(tx, {
        workspaceId: claim.workspaceId,
        kind: `delivery.${settlement.to}`,
        payload: {
          deliveryId: claim.id,
          groupId: load.part.group_id,
          position: load.part.position,
          postId: load.part.post_id,
          channelId: load.part.channel_id,
          fault: fault.kind,
          ...(settlement.heldReason ? { reason: settlement.heldReason } : {}),
          ...(made ? { attempt: made.number } : {}),
        },
      });
    }
    if (mine && decision.do === 'later' && decision.scope !== 'delivery') {
      // With the settlement, so that nothing of the channel overtakes it in between. What else comes under the limit
      // waits for it by itself.
      const { workspaceId } = claim;
      await pushBack(tx, { workspaceId, channelId: load.part.channel_id }, decision.notBefore);
    }
    if (mine) await noteDue(tx, [load.part.channel_id]);
  });
  context.log.info({ deliveryId: claim.id, from, to: settlement.to, fault: fault.kind }, 'a delivery met a fault');
}

function shapeDecision(
  decision: Decision,
): Pick<Settlement, 'to' | 'heldReason' | 'notBefore' | 'nextLookInMs' | 'processingToken'> {
  switch (decision.do) {
    case 'hold':
      return { to: 'held', heldReason: decision.reason };
    case 'later':
      return { to: 'scheduled', notBefore: decision.notBefore };
    case 'fail':
      return { to: 'failed' };
    case 'unconfirmed':
      return { to: 'unconfirmed', nextLookInMs: LOOK_AFTER_MS[0] };
    case 'processing':
      return { to: 'processing', processingToken: decision.token, nextLookInMs: PROCESSING_LOOK_MS };
  }
}
