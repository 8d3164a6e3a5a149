import { sql } from 'kysely';
import { planKept, type Tx } from '../db/index.ts';
import { pickIds, shapeNotices } from '../live/index.ts';

export interface Fact {
  id: string;
  workspaceId: string;
  /** `noun.past`. */
  kind: string;
  payload: Record<string, unknown>;
  at: Date;
}

export interface WaitingFact extends Fact {
  waitedMs: number;
}

/**
 * Writes facts in one statement; when the transaction commits, whoever hands them on wakes, and whoever looks at the
 * workspace learns of them.
 */
export async function writeFacts(
  tx: Tx,
  facts: readonly {
    id: string;
    workspaceId: string;
    kind: string;
    payload: Record<string, unknown>;
    personId?: string;
  }[],
): Promise<void> {
  if (facts.length === 0) return;
  const notices = shapeNotices(
    facts.map(({ workspaceId, kind, payload }) => ({ workspaceId, kind, ids: pickIds(payload) })),
  );
  await sql`${planKept}WITH told AS (INSERT INTO fact (workspace_id, id, kind, payload, person_id)
      SELECT * FROM unnest(${facts.map((fact) => fact.workspaceId)}::uuid[], ${facts.map((fact) => fact.id)}::uuid[],
        ${facts.map((fact) => fact.kind)}::text[], ${facts.map((fact) => JSON.stringify(fact.payload))}::jsonb[],
        ${facts.map((fact) => fact.personId ?? null)}::text[]))
    SELECT pg_notify('fact', ''), (SELECT count(pg_notify('live', notice)) FROM unnest(${notices}::text[]) AS notice)`.execute(
    tx,
  );
}

/**
 * Takes waiting facts of all workspaces, the oldest first. Taken ones come up again by themselves after half a minute
 * and then ever later, up to an hour, until they are marked as handed on.
 */
export async function takeWaiting(tx: Tx, limit: number): Promise<WaitingFact[]> {
  const { rows } = await sql<WaitingFact>`
    UPDATE fact SET tries = fact.tries + 1,
      next_try_at = clock.now() + least(interval '1 hour', interval '30 seconds' * power(2, least(fact.tries, 7)))
    FROM (SELECT workspace_id, id FROM fact WHERE handed_on_at IS NULL AND next_try_at <= clock.now()
          ORDER BY next_try_at LIMIT ${limit} FOR UPDATE SKIP LOCKED) waiting
    WHERE fact.workspace_id = waiting.workspace_id AND fact.id = waiting.id
    RETURNING fact.workspace_id AS "workspaceId", fact.id, fact.kind, fact.payload, fact.at,
      extract(epoch FROM clock.now() - fact.at) * 1000 AS "waitedMs"`.execute(tx);
  return rows.sort((a, b) => a.at.getTime() - b.at.getTime());
}

/** Facts of one workspace. */
export async function markHandedOn(tx: Tx, facts: readonly Fact[]): Promise<void> {
  await sql`UPDATE fact SET handed_on_at = clock.now()
    WHERE id = ANY(${facts.map((fact) => fact.id)}::uuid[]) AND handed_on_at IS NULL`.execute(tx);
}
