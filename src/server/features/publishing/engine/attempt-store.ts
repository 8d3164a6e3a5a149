import { createHash, randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { Prepared } from '#connectors/kit/contract.ts';
import type { MediumFacts } from '#contract/content.ts';
import type { DeliveryState, HoldReason } from '#contract/deliveries.ts';
import { type OpenedAccount, openAccounts } from '#server/features/channels/index.ts';
import type { Tx } from '#server/platform/db/index.ts';
import { assertMove, LEASE_MS, SEND_DEADLINE_MS } from '../delivery-states.rules.ts';
import { readMediumFacts } from '../read-content.ts';
import type { AttemptRow, DeliveryRow, KeptFault, PostRow, PublishingTables, VariantRow } from '../tables.ts';
import type { Claim } from './ledger-store.ts';

/** All that is needed to prepare one part. */
export interface Load {
  part: DeliveryRow;
  post: PostRow;
  variant: VariantRow;
  before: Pick<DeliveryRow, 'remote_id' | 'receipt'>[];
  /** What the rule book must know of the pictures. */
  facts: ReadonlyMap<string, MediumFacts>;
  /** Null: the channel is not connected. */
  account: OpenedAccount | null;
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

/**
 * What claims of one workspace hold, in their order; null for each that is not this worker's any more. Sets the time of
 * the first preparation once.
 */
export async function loadClaimed(tx: Tx, claims: readonly Claim[]): Promise<(Load | null)[]> {
  const db = tx.withTables<PublishingTables>();
  const { rows: parts } = await sql<DeliveryRow>`UPDATE delivery SET prepared_at = ${firstPreparation}
    FROM unnest(${claims.map((c) => c.id)}::uuid[], ${claims.map((c) => c.fence)}::bigint[]) AS mine (id, fence)
    WHERE delivery.id = mine.id AND delivery.fence = mine.fence AND delivery.state = 'claimed'
    RETURNING delivery.*`.execute(tx);
  if (parts.length === 0) return claims.map(() => null);
  const idsOf = (read: (part: DeliveryRow) => string) => [...new Set(parts.map(read))];
  const posts = byId(
    await db
      .selectFrom('post')
      .selectAll()
      .where(
        'id',
        'in',
        idsOf((it) => it.post_id),
      )
      .execute(),
  );
  const variants = byId(
    await db
      .selectFrom('variant')
      .selectAll()
      .where(
        'id',
        'in',
        idsOf((it) => it.variant_id),
      )
      .execute(),
  );
  const followers = parts.filter((part) => part.position > 0).map((part) => part.group_id);
  const before =
    followers.length === 0
      ? []
      : await db
          .selectFrom('delivery')
          .select(['group_id', 'position', 'remote_id', 'receipt'])
          .where('group_id', 'in', followers)
          .orderBy('position')
          .execute();
  const contentOf = (part: DeliveryRow) =>
    variants.get(part.variant_id)?.content ?? posts.get(part.post_id)?.content ?? null;
  const facts = await readMediumFacts(tx, parts.map(contentOf));
  const accounts = await openAccounts(
    tx,
    idsOf((it) => it.channel_id),
  );
  const { rows } = await sql<{
    grace: number;
    now: Date;
  }>`SELECT grace_minutes AS grace, clock.now() AS now FROM workspace`.execute(tx);
  const { grace, now } = rows[0] ?? { grace: 60, now: new Date() };
  const mine = byId(parts);
  return claims.map(({ id }) => {
    const part = mine.get(id);
    const post = part && posts.get(part.post_id);
    const variant = part && variants.get(part.variant_id);
    if (!part || !post || !variant) return null;
    const earlier = before.filter((it) => it.group_id === part.group_id && it.position < part.position);
    const account = accounts.get(part.channel_id) ?? null;
    return { part, post, variant, before: earlier, facts, account, graceMs: grace * 60_000, now };
  });
}

const byId = <T extends { id: string }>(rows: readonly T[]) => new Map(rows.map((row) => [row.id, row]));

/** A part and the request that is about to go out for it. */
export interface Arming {
  claim: Claim;
  prepared: Prepared;
}

/**
 * Commits the intent to send for parts of one workspace: from here on the outcome can be unknown. Answers in their order;
 * null for each whose claim was lost (edited, cancelled, lease out) or over which a hold was set meanwhile: then nothing
 * may be sent. `number` counts the sends of a part, from 1.
 */
export async function armAttempts(
  tx: Tx,
  armings: readonly Arming[],
): Promise<({ attemptId: string; number: number } | null)[]> {
  assertMove('claimed', 'armed', 'arm');
  const attempts = armings.map(({ claim, prepared }) => {
    const request = JSON.stringify(prepared.request);
    const fingerprint = createHash('sha256').update(request).digest('hex');
    const { key, mediaIds } = prepared;
    return { ...claim, attemptId: randomUUID(), key, fingerprint, request, mediaIds };
  });
  // Locked in the order in which people's edits lock them.
  const { rows } = await sql<{ id: string; number: number }>`WITH mine AS MATERIALIZED (
      SELECT d.workspace_id, d.id, d.fence, a."attemptId", a.key, a.fingerprint, a.request, a."mediaIds" FROM delivery d
      JOIN jsonb_to_recordset(${JSON.stringify(attempts)}::jsonb)
        AS a (id uuid, fence bigint, "attemptId" uuid, key text, fingerprint text, request text, "mediaIds" text[])
        ON a.id = d.id AND a.fence = d.fence
      WHERE d.state = 'claimed' AND (d.let_go_at IS NOT NULL OR NOT EXISTS (SELECT 1 FROM hold h
        WHERE h.workspace_id = d.workspace_id AND h.lifted_at IS NULL AND (h.channel_id IS NULL OR h.channel_id = d.channel_id)))
      ORDER BY d.due_at, d.group_id, d.position FOR UPDATE OF d),
    written AS (INSERT INTO attempt (workspace_id, id, delivery_id, number, fence, key, fingerprint, request, media_ids, deadline_at)
      SELECT m.workspace_id, m."attemptId", m.id, (SELECT coalesce(max(number), 0) + 1 FROM attempt a
          WHERE a.workspace_id = m.workspace_id AND a.delivery_id = m.id),
        m.fence, m.key, m.fingerprint, m.request::jsonb, m."mediaIds", clock.now() + make_interval(secs => ${SEND_DEADLINE_MS / 1000})
      FROM mine m RETURNING workspace_id, delivery_id, number)
    UPDATE delivery SET state = 'armed', tries = tries + 1, updated_at = clock.now(),
      lease_until = clock.now() + make_interval(secs => ${LEASE_MS / 1000})
    FROM written WHERE delivery.workspace_id = written.workspace_id AND delivery.id = written.delivery_id
    RETURNING delivery.id, written.number`.execute(tx);
  const numbers = new Map(rows.map((row) => [row.id, row.number]));
  return attempts.map(({ id, attemptId }) => {
    const number = numbers.get(id);
    return number === undefined ? null : { attemptId, number };
  });
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
