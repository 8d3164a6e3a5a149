import { sql } from 'kysely';
import type { Json } from '#connectors/kit/contract.ts';
import type { DeliveryState } from '#contract/deliveries.ts';
import type { Tx } from '#server/platform/db/index.ts';
import { tellFacts } from '#server/platform/facts/index.ts';
import { assertMove } from './delivery-states.rules.ts';
import { wakeWorkers } from './delivery-store.ts';
import { noteDue } from './note-due.ts';
import type { DeliveryRow } from './tables.ts';

/** A part that is public, and how that is known. */
export interface Publication {
  part: Pick<
    DeliveryRow,
    'workspace_id' | 'id' | 'group_id' | 'position' | 'role' | 'post_id' | 'channel_id' | 'network'
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
 * any more. What a late worker saw is true all the same, so no fence is asked for.
 */
export async function settleAllPublished(tx: Tx, publications: readonly Publication[]): Promise<boolean[]> {
  const attempts = await writePublished(tx, publications);
  const settled = publications.filter(({ part }) => attempts.has(part.id));
  if (settled.length === 0) return publications.map(() => false);
  await wakeNextParts(tx, settled);
  await noteDue(
    tx,
    settled.map(({ part }) => part.channel_id),
  );
  await tellFacts(
    tx,
    settled.map((publication) => shapeFact(publication, attempts.get(publication.part.id) ?? null)),
  );
  return publications.map(({ part }) => attempts.has(part.id));
}

/** The parts that were settled, each with the number of the send that did it: the last one where it is not known. */
async function writePublished(tx: Tx, publications: readonly Publication[]): Promise<Map<string, number | null>> {
  const rows = publications.map(({ part, sent, from, attemptId, sentAgoMs }) => {
    for (const state of from) assertMove(state, 'published', state === 'armed' ? 'settle' : 'look');
    const { remoteId, address, receipt } = sent;
    return { id: part.id, from, remoteId, address, receipt, attemptId: attemptId ?? null, ago: sentAgoMs ?? null };
  });
  // Locked in the order in which people's edits lock them.
  const { rows: written } = await sql<{ id: string; attempt: number | null }>`WITH mine AS MATERIALIZED (
      SELECT d.workspace_id, d.id, p."remoteId", p.address, p.receipt, p.ago, p."attemptId" FROM delivery d
      JOIN jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
        AS p (id uuid, "from" text[], "remoteId" text, address text, receipt jsonb, "attemptId" uuid, ago double precision) ON p.id = d.id
      WHERE d.state = ANY(p."from") ORDER BY d.due_at, d.group_id, d.position FOR UPDATE OF d),
    settled AS (UPDATE delivery SET state = 'published', published_at = clock.now(), remote_id = mine."remoteId",
        address = mine.address, receipt = mine.receipt, fault = NULL, lease_until = NULL, next_look_at = NULL,
        processing_token = NULL, fence = fence + 1, updated_at = clock.now(),
        first_send_at = coalesce(first_send_at, clock.now() - make_interval(secs => mine.ago / 1000))
      FROM mine WHERE delivery.workspace_id = mine.workspace_id AND delivery.id = mine.id
      RETURNING delivery.workspace_id, delivery.id, mine."attemptId"),
    ended AS (UPDATE attempt SET settled_at = clock.now(), outcome = 'published'
      FROM mine WHERE attempt.workspace_id = mine.workspace_id AND attempt.id = mine."attemptId")
    SELECT s.id, (SELECT max(a.number) FROM attempt a WHERE a.workspace_id = s.workspace_id AND a.delivery_id = s.id
        AND a.id = coalesce(s."attemptId", a.id)) AS attempt
    FROM settled s`.execute(tx);
  return new Map(written.map((row) => [row.id, row.attempt]));
}

async function wakeNextParts(tx: Tx, settled: readonly Publication[]): Promise<void> {
  await sql`UPDATE delivery SET waits = false, not_before = clock.now(), updated_at = clock.now()
    FROM unnest(${settled.map(({ part }) => part.group_id)}::uuid[], ${settled.map(({ part }) => part.position + 1)}::int[])
      AS next (group_id, position)
    WHERE delivery.group_id = next.group_id AND delivery.position = next.position AND delivery.waits`.execute(tx);
  // Whatever waits for its channel may go now, on whichever worker.
  await wakeWorkers(tx);
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
