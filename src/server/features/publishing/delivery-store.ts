import { randomBytes, randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { type DeliveryState, deliveryStates, type HoldReason, type LedgerView } from '#contract/deliveries.ts';
import { planKept, type Tx } from '#server/platform/db/index.ts';
import { assertMove, type Cause, statesBefore } from './delivery-states.rules.ts';
import type { LedgerPart } from './read-content.ts';
import type { DeliveryRow, PublishingTables } from './tables.ts';

/** Every part of these posts. With `lock` no worker arms one of them until the transaction ends. */
export async function listDeliveriesOfPosts(
  tx: Tx,
  postIds: readonly string[],
  options: { lock?: boolean } = {},
): Promise<DeliveryRow[]> {
  if (postIds.length === 0) return [];
  return tx
    .withTables<PublishingTables>()
    .selectFrom('delivery')
    .selectAll()
    .where('post_id', 'in', [...postIds])
    .orderBy('due_at')
    .orderBy('group_id')
    .orderBy('position')
    .$if(options.lock === true, (q) => q.forUpdate())
    .execute();
}

/** All parts of one delivery in order; empty when there is none. With `lock` they stay as they are until the end. */
export async function findParts(tx: Tx, groupId: string, options: { lock?: boolean } = {}): Promise<DeliveryRow[]> {
  return tx
    .withTables<PublishingTables>()
    .selectFrom('delivery')
    .selectAll()
    .where('group_id', '=', groupId)
    .orderBy('position')
    .$if(options.lock === true, (q) => q.forUpdate())
    .execute();
}

export async function findDelivery(tx: Tx, id: string): Promise<DeliveryRow | null> {
  return (
    (await tx
      .withTables<PublishingTables>()
      .selectFrom('delivery')
      .selectAll()
      .where('id', '=', id)
      .executeTakeFirst()) ?? null
  );
}

export async function listParts(tx: Tx, groupIds: readonly string[]): Promise<DeliveryRow[]> {
  if (groupIds.length === 0) return [];
  return tx
    .withTables<PublishingTables>()
    .selectFrom('delivery')
    .selectAll()
    .where('group_id', 'in', [...groupIds])
    .orderBy('position')
    .execute();
}

export interface LedgerFilter {
  show: LedgerView;
  state?: DeliveryState;
  channelId?: string;
  from?: Date;
  to?: Date;
  after: { at: Date; id: string } | null;
  limit: number;
}

const shown: Record<LedgerView, readonly DeliveryState[]> = {
  all: deliveryStates.filter((state) => state !== 'cancelled'),
  decide: ['unconfirmed', 'failed', 'held'],
  due: ['scheduled', 'claimed', 'armed', 'processing'],
  done: ['published', 'cancelled'],
};

/** Of a first part: where its delivery stands, which is where its first part that is not published stands. */
export const standing = sql<DeliveryState>`coalesce((SELECT p.state FROM delivery p WHERE p.workspace_id = delivery.workspace_id
    AND p.group_id = delivery.id AND p.state <> 'published'
      AND NOT (p.state = 'cancelled' AND delivery.state = 'published') ORDER BY p.position LIMIT 1), 'published')`;

/**
 * First parts of the ledger by due time, the latest first (what is still due: the nearest first); one more than `limit`
 * when there are more. A delivery is where its first part that is not published stands.
 */
export async function listLedger(tx: Tx, filter: LedgerFilter): Promise<DeliveryRow[]> {
  const { show, state, channelId, from, to, after } = filter;
  const nearestFirst = show === 'due';
  const last = sql`(${after?.at ?? null}::timestamptz, ${after?.id ?? null}::uuid)`;
  return tx
    .withTables<PublishingTables>()
    .selectFrom('delivery')
    .selectAll()
    .where('position', '=', 0)
    .where(standing, 'in', state === undefined ? [...shown[show]] : [state])
    .$if(channelId !== undefined, (q) => q.where('channel_id', '=', channelId as string))
    .$if(from !== undefined, (q) => q.where('due_at', '>=', from as Date))
    .$if(to !== undefined, (q) => q.where('due_at', '<', to as Date))
    .$if(after !== null, (q) =>
      q.where(nearestFirst ? sql<boolean>`(due_at, id) > ${last}` : sql<boolean>`(due_at, id) < ${last}`),
    )
    .orderBy('due_at', nearestFirst ? 'asc' : 'desc')
    .orderBy('id', nearestFirst ? 'asc' : 'desc')
    .limit(filter.limit + 1)
    .execute();
}

export interface NewDelivery {
  workspaceId: string;
  postId: string;
  variantId: string;
  channelId: string;
  network: string;
  dueAt: Date;
  zone: string;
  localDue: string;
  parts: readonly LedgerPart[];
}

/** Enters one delivery with all its parts in the ledger; parts after the first wait. Returns its id. */
export async function insertDelivery(tx: Tx, delivery: NewDelivery): Promise<string> {
  const groupId = randomUUID();
  await insertParts(tx, groupId, delivery, 0);
  return groupId;
}

/** Adds the parts of `delivery` from position `first` on. */
export async function insertParts(tx: Tx, groupId: string, delivery: NewDelivery, first: number): Promise<void> {
  const rows = delivery.parts.slice(first).map(({ role, excerpt }, index) => ({
    workspace_id: delivery.workspaceId,
    id: first + index === 0 ? groupId : randomUUID(),
    group_id: groupId,
    position: first + index,
    role,
    post_id: delivery.postId,
    variant_id: delivery.variantId,
    channel_id: delivery.channelId,
    network: delivery.network,
    state: 'scheduled' as const,
    due_at: delivery.dueAt,
    zone: delivery.zone,
    local_due: delivery.localDue,
    not_before: delivery.dueAt,
    waits: first + index > 0,
    seed: randomBytes(16).toString('hex'),
    excerpt,
  }));
  if (rows.length === 0) return;
  await tx
    .withTables<PublishingTables>()
    .insertInto('delivery')
    .values(rows as never)
    .execute();
}

/**
 * What enters the ledger while its channel waits for a limit waits as long: it would meet the same limit, and overtake
 * what was to go out first.
 */
export async function waitForLimits(tx: Tx, channelIds: readonly string[]): Promise<void> {
  await sql`UPDATE delivery SET not_before = limited.until, updated_at = clock.now()
    FROM (SELECT channel_id, max(not_before) AS until FROM delivery
          WHERE channel_id = ANY(${[...channelIds]}::uuid[]) AND state = 'scheduled' AND fault ->> 'kind' = 'rate-limited'
            AND not_before > clock.now() GROUP BY channel_id) limited
    WHERE delivery.channel_id = limited.channel_id AND delivery.state = 'scheduled'
      AND delivery.not_before < limited.until`.execute(tx);
}

/** Removes parts from a position on that never went anywhere. */
export async function deletePartsFrom(tx: Tx, groupId: string, position: number): Promise<void> {
  await tx
    .withTables<PublishingTables>()
    .deleteFrom('delivery')
    .where('group_id', '=', groupId)
    .where('position', '>=', position)
    .execute();
}

/**
 * New time or text for a part a person changed: the fence rises, so a worker that holds it arms nothing. What was held
 * stays held when only its words changed (`letGo` false and the same time): a typo mended is no decision to send.
 */
export async function rescheduleParts(
  tx: Tx,
  groupId: string,
  change: { dueAt: Date; zone: string; localDue: string; parts: readonly LedgerPart[]; letGo: boolean },
): Promise<void> {
  for (const [position, { role, excerpt }] of change.parts.entries()) {
    const staysHeld = sql`state = 'held' AND NOT ${change.letGo} AND due_at = ${change.dueAt}`;
    await sql`UPDATE delivery SET state = CASE WHEN ${staysHeld} THEN 'held' ELSE 'scheduled' END,
        held_reason = CASE WHEN ${staysHeld} THEN held_reason END, due_at = ${change.dueAt}, not_before = ${change.dueAt},
        zone = ${change.zone}, local_due = ${change.localDue}, role = ${role}, excerpt = ${excerpt}, fault = NULL, tries = 0, let_go_at = NULL,
        first_send_at = NULL, doubted_at = NULL, lease_until = NULL, fence = fence + 1, updated_at = clock.now()
      WHERE group_id = ${groupId} AND position = ${position} AND state IN ('scheduled', 'claimed', 'held', 'failed')`.execute(
      tx,
    );
  }
}

/**
 * A person lets a delivery go however late it is: all its parts that are not over. What is held behind `current`, which
 * was moved before, goes with it when its turn comes.
 */
export async function letGoParts(
  tx: Tx,
  { group_id: groupId, position }: Pick<DeliveryRow, 'group_id' | 'position'>,
): Promise<void> {
  assertMove('held', 'scheduled', 'person');
  await sql`UPDATE delivery SET let_go_at = clock.now() WHERE group_id = ${groupId} AND state NOT IN ('published', 'cancelled')`.execute(
    tx,
  );
  await sql`UPDATE delivery SET state = 'scheduled', held_reason = NULL, waits = true, fence = fence + 1, updated_at = clock.now()
    WHERE group_id = ${groupId} AND position > ${position} AND state = 'held'`.execute(tx);
}

export interface Move {
  to: DeliveryState;
  cause: Cause;
  heldReason?: HoldReason;
  /** SET clauses beyond the state, as column → value. */
  set?: Partial<
    Pick<
      DeliveryRow,
      | 'not_before'
      | 'fault'
      | 'remote_id'
      | 'address'
      | 'published_at'
      | 'processing_token'
      | 'told_at'
      | 'waits'
      | 'let_go_at'
      | 'next_look_at'
    >
  >;
  /** Only while this is still the fence. */
  fence?: number;
}

/**
 * Moves one part along the state table, or does nothing and returns null when it is in no state from which that way
 * leads (someone was faster). A person's move raises the fence.
 */
export async function moveDelivery(tx: Tx, id: string, move: Move): Promise<DeliveryRow | null> {
  const { set = {} } = move;
  const { fault, ...plain } = set;
  const row = await tx
    .withTables<PublishingTables>()
    .updateTable('delivery')
    .set({
      ...plain,
      ...(fault === undefined ? {} : { fault: fault === null ? null : sql`${JSON.stringify(fault)}::jsonb` }),
      state: move.to,
      held_reason: move.heldReason ?? null,
      lease_until: null,
      fence: sql`fence + 1`,
      updated_at: sql`clock.now()`,
    } as never)
    .where('id', '=', id)
    .where('state', 'in', statesBefore(move.to, move.cause))
    .$if(move.fence !== undefined, (q) => q.where('fence', '=', move.fence as number))
    .returningAll()
    .executeTakeFirst();
  return row ?? null;
}

/**
 * The earliest due time of each of these channels, for the register; null where nothing is due. A part that waits for
 * the one before it has no turn of its own: what it waits for may have failed.
 */
export async function findNextDues(
  tx: Tx,
  channelIds: readonly string[],
): Promise<{ channelId: string; at: Date | null }[]> {
  const { rows } = await sql<{ channelId: string; at: Date | null }>`${planKept}SELECT asked.id AS "channelId",
      (SELECT min(d.due_at) FROM delivery d
        WHERE d.channel_id = asked.id AND d.state IN ('scheduled', 'claimed') AND NOT d.waits) AS at
    FROM unnest(${[...channelIds]}::uuid[]) AS asked (id)`.execute(tx);
  return rows;
}

/** Tells the workers that something may be due earlier than they think. Sent when the transaction commits. */
export async function wakeWorkers(tx: Tx): Promise<void> {
  await sql`SELECT pg_notify('delivery', '')`.execute(tx);
}
