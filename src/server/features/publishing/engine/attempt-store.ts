import { createHash, randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { Prepared } from '#connectors/kit/contract.ts';
import type { DeliveryState, HoldReason } from '#contract/deliveries.ts';
import type { Tx } from '#server/platform/db/index.ts';
import { assertMove, LEASE_MS, SEND_DEADLINE_MS } from '../delivery-states.rules.ts';
import type { AttemptRow, DeliveryRow, KeptFault, PostRow, PublishingTables, VariantRow } from '../tables.ts';
import type { Claim } from './ledger-store.ts';

/** All that is needed to prepare one part. */
export interface Load {
  part: DeliveryRow;
  post: PostRow;
  variant: VariantRow;
  before: Pick<DeliveryRow, 'remote_id' | 'receipt'>[];
  graceMs: number;
  now: Date;
}

/**
 * The same over all attempts of which one may have arrived, so that a repeat is byte for byte the same; else now: a post
 * that was refused on Monday and goes out on Thursday is Thursday's.
 */
const firstPreparation = sql<Date>`CASE WHEN EXISTS (SELECT 1 FROM attempt a WHERE a.workspace_id = delivery.workspace_id
    AND a.delivery_id = delivery.id AND a.outcome IS DISTINCT FROM 'not-reached')
  THEN coalesce(prepared_at, clock.now()) ELSE clock.now() END`;

/** What the claim holds, or null when it is not this worker's any more. Sets the time of the first preparation once. */
export async function loadClaimed(tx: Tx, claim: Claim): Promise<Load | null> {
  const db = tx.withTables<PublishingTables>();
  const part = await db
    .updateTable('delivery')
    .set({ prepared_at: firstPreparation })
    .where('id', '=', claim.id)
    .where('fence', '=', claim.fence)
    .where('state', '=', 'claimed')
    .returningAll()
    .executeTakeFirst();
  if (!part) return null;
  const post = await db.selectFrom('post').selectAll().where('id', '=', part.post_id).executeTakeFirstOrThrow();
  const variant = await db
    .selectFrom('variant')
    .selectAll()
    .where('id', '=', part.variant_id)
    .executeTakeFirstOrThrow();
  const before = await db
    .selectFrom('delivery')
    .select(['remote_id', 'receipt'])
    .where('group_id', '=', part.group_id)
    .where('position', '<', part.position)
    .orderBy('position')
    .execute();
  const { rows } = await sql<{
    grace: number;
    now: Date;
  }>`SELECT grace_minutes AS grace, clock.now() AS now FROM workspace`.execute(tx);
  return { part, post, variant, before, graceMs: (rows[0]?.grace ?? 60) * 60_000, now: rows[0]?.now ?? new Date() };
}

/**
 * Commits the intent to send: from here on the outcome can be unknown. Null when the claim was lost (edited, cancelled,
 * lease out) or a hold was set meanwhile: then nothing may be sent.
 */
export async function armAttempt(
  tx: Tx,
  claim: Claim,
  prepared: Prepared,
): Promise<{ attemptId: string; number: number } | null> {
  assertMove('claimed', 'armed', 'arm');
  const { rows } = await sql<{
    tries: number;
  }>`UPDATE delivery SET state = 'armed', tries = tries + 1, updated_at = clock.now(),
      lease_until = clock.now() + make_interval(secs => ${LEASE_MS / 1000})
    WHERE id = ${claim.id} AND fence = ${claim.fence} AND state = 'claimed'
      AND (let_go_at IS NOT NULL OR NOT EXISTS (SELECT 1 FROM hold h WHERE h.lifted_at IS NULL
           AND (h.channel_id IS NULL OR h.channel_id = delivery.channel_id))) RETURNING tries`.execute(tx);
  const armed = rows[0];
  if (!armed) return null;
  const attemptId = randomUUID();
  const request = JSON.stringify(prepared.request);
  const fingerprint = createHash('sha256').update(request).digest('hex');
  await sql`INSERT INTO attempt (workspace_id, id, delivery_id, number, fence, key, fingerprint, request, media_ids, deadline_at)
    VALUES (${claim.workspaceId}, ${attemptId}, ${claim.id}, (SELECT coalesce(max(number), 0) + 1 FROM attempt WHERE delivery_id = ${claim.id}),
            ${claim.fence}, ${prepared.key}, ${fingerprint}, ${request}::jsonb, ${prepared.mediaIds},
            clock.now() + make_interval(secs => ${SEND_DEADLINE_MS / 1000}))`.execute(tx);
  return { attemptId, number: armed.tries };
}

/** The last attempt of a part, whatever became of it. */
export async function findLastAttempt(tx: Tx, deliveryId: string): Promise<AttemptRow | null> {
  const row = await tx
    .withTables<PublishingTables>()
    .selectFrom('attempt')
    .selectAll()
    .where('delivery_id', '=', deliveryId)
    .orderBy('number', 'desc')
    .executeTakeFirst();
  return row ?? null;
}

/** Notes when the first byte of the first send went out: lateness is measured to it. */
export async function noteFirstSend(tx: Tx, deliveryId: string, sentAgoMs: number): Promise<void> {
  await sql`UPDATE delivery SET first_send_at = clock.now() - make_interval(secs => ${sentAgoMs / 1000})
    WHERE id = ${deliveryId} AND first_send_at IS NULL`.execute(tx);
}

export interface Settlement {
  from: 'claimed' | 'armed' | 'processing' | 'unconfirmed';
  to: DeliveryState;
  heldReason?: HoldReason;
  notBefore?: Date;
  fault: KeptFault | null;
  nextLookInMs?: number;
  processingToken?: string;
  attempt?: { id: string; outcome: NonNullable<AttemptRow['outcome']> };
}

/** Brings a part from where this worker holds it to where the decision says. False when it is not this worker's any more. */
export async function settle(tx: Tx, claim: Claim, settlement: Settlement): Promise<boolean> {
  const { from, to, attempt } = settlement;
  assertMove(from, to, from === 'claimed' ? 'decide' : from === 'armed' ? 'settle' : 'look');
  const fault = settlement.fault === null ? null : JSON.stringify(settlement.fault);
  const look = settlement.nextLookInMs === undefined ? null : settlement.nextLookInMs / 1000;
  const result =
    await sql`UPDATE delivery SET state = ${to}, held_reason = ${settlement.heldReason ?? null}, fault = ${fault}::jsonb,
      not_before = coalesce(${settlement.notBefore ?? null}::timestamptz, not_before), lease_until = NULL, looks = 0,
      tries = tries + ${from === 'claimed' ? 1 : 0},
      next_look_at = clock.now() + make_interval(secs => ${look}), processing_token = ${settlement.processingToken ?? null},
      fence = fence + 1, updated_at = clock.now()
    WHERE id = ${claim.id} AND fence = ${claim.fence} AND state = ${from}`.execute(tx);
  if (attempt) {
    await sql`UPDATE attempt SET settled_at = clock.now(), outcome = ${attempt.outcome}, fault = ${fault}::jsonb
      WHERE id = ${attempt.id} AND settled_at IS NULL`.execute(tx);
  }
  return (result.numAffectedRows ?? 0n) > 0n;
}

/** After a look that decided nothing: when to look again, or (null) that a person has been told. */
export async function noteLook(tx: Tx, id: string, nextLookInMs: number | null): Promise<void> {
  await sql`UPDATE delivery SET looks = looks + 1, updated_at = clock.now(),
      next_look_at = clock.now() + make_interval(secs => ${nextLookInMs === null ? null : nextLookInMs / 1000}),
      told_at = CASE WHEN ${nextLookInMs === null} THEN clock.now() ELSE told_at END
    WHERE id = ${id} AND state IN ('unconfirmed', 'processing')`.execute(tx);
}
