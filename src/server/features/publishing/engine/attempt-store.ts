import { createHash, randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { Prepared } from '#connectors/kit/contract.ts';
import type { Content, MediumFacts } from '#contract/content.ts';
import type { DeliveryState, HoldReason } from '#contract/deliveries.ts';
import { type OpenedAccount, openAccounts } from '#server/features/channels/index.ts';
import { planKept, type Tx } from '#server/platform/db/index.ts';
import { compareParts } from '../compare-parts.rules.ts';
import { assertMove, LEASE_MS, SEND_DEADLINE_MS } from '../delivery-states.rules.ts';
import { readMediumFacts } from '../read-content.ts';
import type { AttemptRow, DeliveryRow, KeptFault, PostRow, PublishingTables, VariantRow } from '../tables.ts';
import type { Claim } from './ledger-store.ts';

/** What a worker asks of a part: thousands are loaded in a burst, and a row has four times as many columns. */
const partColumns = [
  'workspace_id',
  'id',
  'group_id',
  'position',
  'role',
  'post_id',
  'channel_id',
  'network',
  'due_at',
  'let_go_at',
  'fence',
  'tries',
  'seed',
] as const satisfies readonly (keyof DeliveryRow)[];

export type LoadedPart = Pick<DeliveryRow, (typeof partColumns)[number]>;

/** All that is needed to prepare one part. */
export interface Load {
  part: LoadedPart;
  post: Pick<PostRow, 'content' | 'language'>;
  variant: Pick<VariantRow, 'content'>;
  before: Pick<DeliveryRow, 'remote_id' | 'receipt'>[];
  /** What the rule book must know of the pictures. */
  facts: ReadonlyMap<string, MediumFacts>;
  /** Null: the channel is not connected. */
  account: OpenedAccount | null;
  /** When the part was prepared: the same again for a repeat of what may have arrived. */
  preparedAt: Date;
  graceMs: number;
  now: Date;
}

/**
 * The same over all attempts of which one may have arrived, so that a repeat is byte for byte the same; else now: a post
 * that was refused on Monday and goes out on Thursday is Thursday's. *Arm* keeps it.
 */
const preparedAt = sql`CASE WHEN d.prepared_at IS NOT NULL AND EXISTS (SELECT FROM attempt a WHERE a.workspace_id = d.workspace_id
  AND a.delivery_id = d.id AND a.outcome IS DISTINCT FROM 'not-reached') THEN d.prepared_at ELSE clock.now() END`;

/** What claims of one workspace hold, in their order; null for each that is not this worker's any more. */
export async function loadClaimed(tx: Tx, claims: readonly Claim[]): Promise<(Load | null)[]> {
  const { rows } =
    await sql<LoadRow>`${planKept}SELECT ${partOf('d')}, ${preparedAt} AS "preparedAt", p.content AS "postContent", p.language,
      v.content AS "variantContent", w.grace_minutes AS grace, clock.now() AS now
    FROM unnest(${claims.map((c) => c.id)}::uuid[], ${claims.map((c) => c.fence)}::bigint[]) AS mine (id, fence)
    JOIN delivery d ON d.id = mine.id AND d.fence = mine.fence AND ${stillClaimed(sql`d.state`)}
    JOIN post p ON p.workspace_id = d.workspace_id AND p.id = d.post_id
    JOIN variant v ON v.workspace_id = d.workspace_id AND v.id = d.variant_id
    JOIN workspace w ON w.id = d.workspace_id`.execute(tx);
  if (rows.length === 0) return claims.map(() => null);
  const followers = rows.filter((part) => part.position > 0).map((part) => part.group_id);
  const before =
    followers.length === 0
      ? []
      : await tx
          .withTables<PublishingTables>()
          .selectFrom('delivery')
          .select(['group_id', 'position', 'remote_id', 'receipt'])
          .where('group_id', 'in', followers)
          .orderBy('position')
          .execute();
  const facts = await readMediumFacts(
    tx,
    rows.map((row) => row.variantContent ?? row.postContent),
  );
  const accounts = await openAccounts(tx, [...new Set(rows.map((row) => row.channel_id))]);
  const mine = new Map(rows.map((row) => [row.id, row]));
  return claims.map(({ id }) => {
    const row = mine.get(id);
    if (!row) return null;
    const { preparedAt, postContent, language, variantContent, grace, now, ...part } = row;
    return {
      part,
      post: { content: postContent, language },
      variant: { content: variantContent },
      before: before.filter((it) => it.group_id === part.group_id && it.position < part.position),
      facts,
      account: accounts.get(part.channel_id) ?? null,
      preparedAt,
      graceMs: grace * 60_000,
      now,
    };
  });
}

const partOf = (row: string) => sql.join(partColumns.map((column) => sql.ref(`${row}.${column}`)));

type LoadRow = LoadedPart & {
  preparedAt: Date;
  postContent: Content;
  language: string;
  variantContent: Content | null;
  grace: number;
  now: Date;
};

/** A part and the request that is about to go out for it. */
export interface Arming {
  claim: Claim;
  part: LoadedPart;
  prepared: Prepared;
  preparedAt: Date;
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
  // Written, and so locked, in the order in which people's edits lock them.
  const attempts = armings.toSorted((one, other) => compareParts(one.part, other.part)).map(shapeAttempt);
  const { rows } = await sql<{ id: string; number: number }>`${planKept}WITH armed AS (
      UPDATE delivery SET state = 'armed', tries = tries + 1, updated_at = clock.now(), prepared_at = a."preparedAt",
        lease_until = clock.now() + make_interval(secs => ${LEASE_MS / 1000})
      FROM jsonb_to_recordset(${JSON.stringify(attempts)}::jsonb) AS a (id uuid, fence bigint, "attemptId" uuid, key text,
        fingerprint text, request jsonb, "mediaIds" text[], "preparedAt" timestamptz)
      WHERE delivery.id = a.id AND delivery.fence = a.fence AND ${stillClaimed(sql`delivery.state`)}
        AND (delivery.let_go_at IS NOT NULL OR NOT EXISTS (SELECT 1 FROM hold h WHERE h.workspace_id = delivery.workspace_id
          AND h.lifted_at IS NULL AND (h.channel_id IS NULL OR h.channel_id = delivery.channel_id)))
      RETURNING delivery.workspace_id, delivery.id, delivery.fence, a."attemptId", a.key, a.fingerprint, a.request, a."mediaIds")
    INSERT INTO attempt (workspace_id, id, delivery_id, number, fence, key, fingerprint, request, media_ids, deadline_at)
    SELECT m.workspace_id, m."attemptId", m.id, (SELECT coalesce(max(number), 0) + 1 FROM attempt a
        WHERE a.workspace_id = m.workspace_id AND a.delivery_id = m.id),
      m.fence, m.key, m.fingerprint, coalesce(m.request, 'null'), m."mediaIds", clock.now() + make_interval(secs => ${SEND_DEADLINE_MS / 1000})
    FROM armed m RETURNING delivery_id AS id, number`.execute(tx);
  const numbers = new Map(rows.map((row) => [row.id, row.number]));
  const ids = new Map(attempts.map(({ id, attemptId }) => [id, attemptId]));
  return armings.map(({ part: { id } }) => {
    const [number, attemptId] = [numbers.get(id), ids.get(id)];
    return number === undefined || attemptId === undefined ? null : { attemptId, number };
  });
}

function shapeAttempt({ claim: { id, fence }, prepared, preparedAt }: Arming) {
  const fingerprint = createHash('sha256').update(JSON.stringify(prepared.request)).digest('hex');
  const { key, request, mediaIds } = prepared;
  return { id, fence, attemptId: randomUUID(), key, fingerprint, request, mediaIds, preparedAt };
}

/**
 * So spelt that rows are found by their keys: of *claimed* the planner believes that there is hardly any, and would read
 * the index of what is under way once for every row.
 */
const stillClaimed = (state: ReturnType<typeof sql>) => sql`coalesce(${state}, '') = 'claimed'`;

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

/**
 * When the first send under a key was armed, for a repeat of it; null where nothing is repeated by itself: under a hold,
 * and when the database has another history since, because what is there may have been taken down again.
 */
export async function findFirstUse(tx: Tx, { delivery_id: deliveryId, key }: AttemptRow): Promise<Date | null> {
  const { rows } = await sql<{ at: Date | null }>`SELECT min(a.armed_at) AS at FROM attempt a
    JOIN delivery d ON d.workspace_id = a.workspace_id AND d.id = a.delivery_id
    WHERE a.delivery_id = ${deliveryId} AND a.key = ${key}
      AND (d.let_go_at IS NOT NULL OR NOT EXISTS (SELECT 1 FROM hold h WHERE h.workspace_id = d.workspace_id
        AND h.lifted_at IS NULL AND (h.channel_id IS NULL OR h.channel_id = d.channel_id)))
    HAVING min(a.armed_at) > (SELECT coalesce(history_at, '-infinity') FROM installation)`.execute(tx);
  return rows[0]?.at ?? null;
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
