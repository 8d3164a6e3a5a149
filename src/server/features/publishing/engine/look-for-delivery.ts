import type { AccountCall, Connector, Found, Prepared, Sent } from '#connectors/kit/contract.ts';
import { type Fault, type Outcome, ok } from '#connectors/kit/faults.ts';
import { reconcileOf } from '#connectors/kit/reconcile-of.ts';
import { withAccount } from '#server/features/channels/index.ts';
import { readClock } from '#server/platform/clock/index.ts';
import type { Context } from '#server/platform/context/index.ts';
import type { Tx } from '#server/platform/db/index.ts';
import { tellFact } from '#server/platform/facts/index.ts';
import { absenceProvenFrom, LOOK_AFTER_MS, proofTakesMs } from '../delivery-states.rules.ts';
import { findDelivery, wakeWorkers } from '../delivery-store.ts';
import { keepFault } from '../keep-fault.ts';
import { noteDue } from '../note-due.ts';
import { settlePublished } from '../settle-store.ts';
import type { AttemptRow, DeliveryRow } from '../tables.ts';
import { findFirstUse, findLastAttempt, noteLook, settle } from './attempt-store.ts';
import type { ClockWatch } from './clock-watch.ts';
import type { CrashAt } from './crash-points.ts';
import { isOfEarlierHistory, tellHeldForHistory } from './history-store.ts';
import type { Claim } from './ledger-store.ts';
import { repeatWithKey } from './repeat-with-key.ts';

/** How long a network may work on a post before its outcome counts as unknown. */
const PROCESSING_LIMIT_MS = 30 * 60_000;

/**
 * Looks at one delivery whose outcome is open. Found: published. Proved absent by a read that may prove it: scheduled
 * again under the same key. Where nothing can be read and the network keeps keys, the same send is made again under its
 * key. Otherwise it is looked at again a few times, and then a person is asked; at once where only a person can tell.
 */
export async function lookForDelivery(
  context: Context,
  claim: Claim,
  { crashAt, clock }: { crashAt: CrashAt; clock: ClockWatch },
): Promise<void> {
  crashAt('before-look');
  const open = await context.house.db.inWorkspace(claim.workspaceId, async (tx) => {
    const part = await findDelivery(tx, claim.id);
    const attempt = part && (await findLastAttempt(tx, claim.id));
    if (!part || !attempt) return null;
    return { part, attempt, now: await readClock(tx), firstUseAt: await findFirstUse(tx, attempt) };
  });
  if (!open) return;
  if (open.part.state === 'processing') await lookAtProcessing(context, { ...claim, fence: open.part.fence }, open);
  else if (open.part.state === 'unconfirmed')
    await lookAtUnconfirmed(context, { ...claim, fence: open.part.fence }, open, clock.observe(open.now));
  crashAt('looked');
}

interface Open {
  part: DeliveryRow;
  attempt: AttemptRow;
  now: Date;
  /** When its key was used first, where a repeat is allowed. */
  firstUseAt: Date | null;
}

const placeOf = ({ part }: Open) => ({ workspaceId: part.workspace_id, channelId: part.channel_id });
const preparedOf = ({ attempt }: Open): Prepared => ({
  key: attempt.key,
  request: attempt.request,
  mediaIds: attempt.media_ids,
});

async function lookAtUnconfirmed(context: Context, claim: Claim, open: Open, clockSteadyMs: number): Promise<void> {
  const { house } = context;
  let absenceCounts = false;
  let isForPerson = false;
  const outcome: Outcome<Found, Fault> = await withAccount(
    context,
    placeOf(open),
    async (connector, call) => {
      const reconcile = reconcileOf(connector, call);
      const { readLagMs } = reconcile;
      isForPerson = reconcile.by === 'person';
      // By both clocks: the database's may have jumped over the time that a send takes.
      const isPast = open.now >= absenceProvenFrom(open.attempt.armed_at, readLagMs);
      absenceCounts = reconcile.absenceIsConclusive && isPast && clockSteadyMs >= proofTakesMs(readLagMs);
      return ask(connector, call, open, clockSteadyMs);
    },
    { proves: false },
  );
  await house.db.inWorkspace(claim.workspaceId, async (tx) => {
    if (outcome.ok && outcome.value.found) {
      await settlePublished(tx, open.part, {
        sent: outcome.value.sent,
        from: ['unconfirmed'],
        attemptId: open.attempt.id,
      });
      return;
    }
    if (outcome.ok && !outcome.value.found && outcome.value.conclusive && absenceCounts) {
      const ofBefore = await isOfEarlierHistory(tx, open.attempt.armed_at);
      const settled = await settle(tx, claim, {
        from: 'unconfirmed',
        ...(ofBefore ? { to: 'held', heldReason: 'new-history' } : { to: 'scheduled', notBefore: open.now }),
        fault: open.part.fault,
        attempt: { id: open.attempt.id, outcome: 'not-reached' },
      });
      if (settled && ofBefore) await tellHeldForHistory(tx, open.part);
      await noteDue(tx, [open.part.channel_id]);
      await wakeWorkers(tx);
      return;
    }
    const next = isForPerson ? undefined : LOOK_AFTER_MS[open.part.looks + 1];
    const soFar = LOOK_AFTER_MS[open.part.looks] ?? 0;
    await noteLook(tx, claim.id, next === undefined ? null : next - soFar);
    if (next === undefined && !open.part.told_at) await tell(tx, open, 'delivery.needs-person', {});
  });
}

/** What the network lets us know of it. */
async function ask(
  connector: Connector,
  call: AccountCall,
  open: Open,
  clockSteadyMs: number,
): Promise<Outcome<Found, Fault>> {
  const reconcile = reconcileOf(connector, call);
  if (reconcile.by === 'person') return ok({ found: false, conclusive: false });
  const prepared = preparedOf(open);
  if (reconcile.by !== 'repeat-with-key') return connector.publish.find(call, prepared);
  const { firstUseAt, now } = open;
  const usedForMs = firstUseAt && now.getTime() - firstUseAt.getTime();
  // What a clock that was set meanwhile says of the key's age is worth nothing.
  if (!firstUseAt || usedForMs === null || usedForMs < 0 || clockSteadyMs < usedForMs)
    return ok({ found: false, conclusive: false });
  const keyEndsInMs = firstUseAt.getTime() + reconcile.keyLifeMs - now.getTime();
  return repeatWithKey(connector, call, { prepared, keyEndsInMs });
}

async function lookAtProcessing(context: Context, claim: Claim, open: Open): Promise<void> {
  const { house } = context;
  const token = open.part.processing_token ?? '';
  const outcome: Outcome<Sent, Fault> = await withAccount(context, placeOf(open), (connector, call) =>
    connector.publish.check
      ? connector.publish.check(call, token)
      : Promise.resolve({ ok: false, fault: { kind: 'outcome-unknown', said: 'The network has no such question.' } }),
  );
  await house.db.inWorkspace(claim.workspaceId, async (tx) => {
    if (outcome.ok) {
      await settlePublished(tx, open.part, { sent: outcome.value, from: ['processing'], attemptId: open.attempt.id });
      return;
    }
    const { fault } = outcome;
    const tooLong = open.now.getTime() - open.attempt.armed_at.getTime() > PROCESSING_LIMIT_MS;
    if (fault.kind === 'content-rejected') {
      const settled = await settle(tx, claim, {
        from: 'processing',
        to: 'failed',
        fault: keepFault(fault, open.now),
        attempt: { id: open.attempt.id, outcome: 'not-reached' },
      });
      if (settled) await tell(tx, open, 'delivery.failed', { fault: fault.kind });
    } else if (fault.kind === 'outcome-unknown' || tooLong) {
      const settled = await settle(tx, claim, {
        from: 'processing',
        to: 'unconfirmed',
        fault: keepFault(fault, open.now),
        nextLookInMs: LOOK_AFTER_MS[0],
      });
      if (settled) await tell(tx, open, 'delivery.unconfirmed', { fault: fault.kind });
    } else {
      await noteLook(tx, claim.id, Math.min(60_000, 5_000 * 2 ** Math.min(4, open.part.looks)));
    }
  });
}

function tell(tx: Tx, { part, attempt }: Open, kind: string, more: { fault?: Fault['kind'] }): Promise<void> {
  const { id: deliveryId, group_id: groupId, position, post_id: postId, channel_id: channelId } = part;
  const payload = { deliveryId, groupId, position, postId, channelId, attempt: attempt.number, ...more };
  return tellFact(tx, { workspaceId: part.workspace_id, kind, payload });
}
