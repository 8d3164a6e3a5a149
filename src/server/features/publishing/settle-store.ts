import { sql } from 'kysely';
import type { Json } from '#connectors/kit/contract.ts';
import type { DeliveryState } from '#contract/deliveries.ts';
import { planKept, type Tx } from '#server/platform/db/index.ts';
import { tellFacts } from '#server/platform/facts/index.ts';
import { compareParts } from './compare-parts.rules.ts';
import { assertMove } from './delivery-states.rules.ts';
import type { DeliveryRow } from './tables.ts';

/** A part that is public, and how that is known. */
export interface Publication {
  part: Pick<
    DeliveryRow,
    'workspace_id' | 'id' | 'group_id' | 'position' | 'due_at' | 'role' | 'post_id' | 'channel_id' | 'network'
  >;
  sent: { remoteId: string | null; address: string | null; receipt: Json };
  from: readonly DeliveryState[];
  attemptId?: string;
  /** How long ago the first byte of this send went out; lateness is measured to the first send of all. */
  sentAgoMs?: number | null;
}

/** One part, see `settleAllPublished`. */
export async function settlePublished(
  tx: Tx,
  part: Publication['part'],
  publication: Omit<Publication, 'part'>,
): Promise<boolean> {
  const [settled] = await settleAllPublished(tx, [{ part, ...publication }]);
  return settled ?? false;
}

/**
 * Notes that parts are public: remote ids and addresses, the attempts' outcomes, the next parts' turns, and the facts, all
 * in the caller's transaction. Each answers whether it was settled: false when the part is in none of its states `from`
 * any more. What a late worker saw is true all the same, so no fence is asked for. `keepsPlan` in a transaction that goes
 * by keys: a plan is kept as it was first made.
 */
export async function settleAllPublished(
  tx: Tx,
  publications: readonly Publication[],
  { keepsPlan = false }: { keepsPlan?: boolean } = {},
): Promise<boolean[]> {
  const attempts = await writePublished(tx, publications, keepsPlan);
  const settled = publications.filter(({ part }) => attempts.has(part.id));
  if (settled.length === 0) return publications.map(() => false);
  await tellFacts(
    tx,
    settled.map((publication) => shapeFact(publication, attempts.get(publication.part.id) ?? null)),
  );
  return publications.map(({ part }) => attempts.has(part.id));
}

/**
 * The parts that were settled, each with the number of the send that did it: the last one where it is not known.
 * What comes after them may go now, and so may whatever waits for their channels, on whichever worker.
 */
async function writePublished(
  tx: Tx,
  publications: readonly Publication[],
  keepsPlan: boolean,
): Promise<Map<string, number | null>> {
  // Written, and so locked, in the order in which people's edits lock them.
  const inOrder = publications.toSorted((one, other) => compareParts(one.part, other.part));
  const rows = inOrder.map(({ part, sent, from, attemptId, sentAgoMs }) => {
    for (const state of from) assertMove(state, 'published', state === 'armed' ? 'settle' : 'look');
    const { remoteId, address, receipt } = sent;
    const ago = sentAgoMs ?? null;
    return { id: part.id, from, remoteId, address, receipt, attemptId: attemptId ?? null, ago };
  });
  const { rows: written } = await sql<{
    id: string;
    attempt: number | null;
  }>`${keepsPlan ? planKept : sql``}WITH settled AS (
      UPDATE delivery SET state = 'published', held_reason = NULL, published_at = clock.now(), remote_id = p."remoteId",
        address = p.address, receipt = p.receipt, fault = NULL, lease_until = NULL, next_look_at = NULL,
        processing_token = NULL, fence = fence + 1, updated_at = clock.now(),
        first_send_at = coalesce(first_send_at, clock.now() - make_interval(secs => p.ago / 1000))
      FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
        AS p (id uuid, "from" text[], "remoteId" text, address text, receipt jsonb, "attemptId" uuid, ago double precision)
      WHERE delivery.id = p.id AND delivery.state = ANY(p."from")
      RETURNING delivery.workspace_id, delivery.id, delivery.group_id, delivery.position, p."attemptId"),
    next AS (UPDATE delivery SET waits = false, not_before = clock.now(), updated_at = clock.now()
      FROM settled WHERE delivery.workspace_id = settled.workspace_id AND delivery.group_id = settled.group_id
        AND delivery.position = settled.position + 1 AND delivery.waits),
    ended AS (UPDATE attempt SET settled_at = clock.now(), outcome = 'published'
      FROM settled WHERE attempt.workspace_id = settled.workspace_id AND attempt.id = settled."attemptId")
    SELECT s.id, (SELECT max(a.number) FROM attempt a WHERE a.workspace_id = s.workspace_id AND a.delivery_id = s.id
        AND a.id = coalesce(s."attemptId", a.id)) AS attempt
    FROM settled s, (SELECT pg_notify('delivery', '')) AS told`.execute(tx);
  return new Map(written.map((row) => [row.id, row.attempt]));
}

const shapeFact = ({ part, sent }: Publication, attempt: number | null) => ({
  workspaceId: part.workspace_id,
  kind: 'delivery.published',
  payload: {
    deliveryId: part.id,
    groupId: part.group_id,
    position: part.position,
    role: part.role,
    postId: part.post_id,
    channelId: part.channel_id,
    network: part.network,
    remoteId: sent.remoteId,
    ...(attempt === null ? {} : { attempt }),
  },
});
