import { sql } from 'kysely';
import type { Tx } from '#server/platform/db/index.ts';
import type { AuditLine } from './audit-line.rules.ts';

export interface AuditHead {
  number: number;
  hash: string;
}

/** The end of a log while it is held. */
export interface HeldHead extends AuditHead {
  /** The workspace as it is read back: a line's hash is made over this spelling. */
  workspaceId: string;
  now: Date;
}

export type KeptLine = AuditLine & { hash: string };

const columns = sql`workspace_id AS "workspaceId", number, at, by_kind AS "byKind", person_id AS "personId",
  key_id AS "keyId", action, subject_kind AS "subjectKind", subject_id AS "subjectId", detail, fact_id AS "factId", hash`;

/**
 * Locks the end of the workspace's log until the transaction ends, and says where it is and what time it is. With
 * `ifAnything` null when the transaction has written nothing so far.
 */
export async function lockHead(
  tx: Tx,
  workspaceId: string,
  { ifAnything }: { ifAnything: boolean },
): Promise<HeldHead | null> {
  const { rows } = await sql<HeldHead>`
    SELECT workspace_id AS "workspaceId", number, hash, clock.now() AS now FROM audit_head
    WHERE workspace_id = ${workspaceId} AND (NOT ${ifAnything} OR pg_current_xact_id_if_assigned() IS NOT NULL)
    FOR UPDATE`.execute(tx);
  return rows[0] ?? null;
}

/** Writes the next lines and moves the head on to the last of them. The head must be locked. */
export async function insertLines(tx: Tx, lines: readonly [KeptLine, ...KeptLine[]]): Promise<void> {
  const rows = lines.map((line) => ({ ...line, at: line.at.toISOString() }));
  const end = lines.at(-1) ?? lines[0];
  await sql`
    INSERT INTO audit_entry (workspace_id, number, at, by_kind, person_id, key_id, action, subject_kind, subject_id,
      detail, fact_id, hash)
    SELECT "workspaceId", number, at, "byKind", "personId", "keyId", action, "subjectKind", "subjectId", detail, "factId", hash
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS line ("workspaceId" uuid, number bigint, at timestamptz,
      "byKind" text, "personId" text, "keyId" uuid, action text, "subjectKind" text, "subjectId" text, detail jsonb,
      "factId" uuid, hash text)`.execute(tx);
  await sql`
    UPDATE audit_head SET number = ${end.number}, hash = ${end.hash} WHERE workspace_id = ${end.workspaceId}`.execute(
    tx,
  );
}

/** Which of these facts have a line already. */
export async function findKeptFacts(tx: Tx, factIds: readonly string[]): Promise<Set<string>> {
  const { rows } = await sql<{ id: string }>`
    SELECT fact_id AS id FROM audit_entry WHERE fact_id = ANY(${[...factIds]}::uuid[])`.execute(tx);
  return new Set(rows.map((row) => row.id));
}

/** Who last planned these posts, by the log itself; without those of which it does not know. */
export async function findPlanners(tx: Tx, postIds: readonly string[]): Promise<Map<string, string>> {
  const { rows } = await sql<{ postId: string; personId: string | null }>`
    SELECT DISTINCT ON (subject_id) subject_id AS "postId", person_id AS "personId" FROM audit_entry
    WHERE subject_id = ANY(${[...postIds]}::text[]) AND action IN ('posts.schedule', 'posts.publishNow')
    ORDER BY subject_id, number DESC`.execute(tx);
  return new Map(rows.flatMap(({ postId, personId }) => (personId === null ? [] : [[postId, personId] as const])));
}

/** Lines, the newest first, before a number; `limit` and one more. `action` is one action, or a group of them. */
export async function listLines(
  tx: Tx,
  { before, action, limit }: { before: number | null; action: string | null; limit: number },
): Promise<(KeptLine & { keyName: string | null })[]> {
  const { rows } = await sql<KeptLine & { keyName: string | null }>`
    SELECT ${columns}, (SELECT name FROM api_key WHERE id = audit_entry.key_id) AS "keyName" FROM audit_entry
    WHERE (${before}::bigint IS NULL OR number < ${before}::bigint)
      AND (${action}::text IS NULL OR action = ${action}::text OR starts_with(action, ${action}::text || '.'))
    ORDER BY number DESC LIMIT ${limit + 1}`.execute(tx);
  return rows;
}

/** Lines of the transaction's workspace from the one after a number up to another, in order; for any login. */
export async function readLines(
  tx: Tx,
  { after, upTo, limit }: { after: number; upTo: number; limit: number },
): Promise<KeptLine[]> {
  const { rows } = await sql<KeptLine>`
    SELECT ${columns} FROM audit_entry
    WHERE workspace_id = house.workspace() AND number > ${after} AND number <= ${upTo}
    ORDER BY number LIMIT ${limit}`.execute(tx);
  return rows;
}

/** The head as it is kept, and the last line's number at the same moment; null without a head. */
export async function readEnd(tx: Tx): Promise<(AuditHead & { lastNumber: number }) | null> {
  const { rows } = await sql<AuditHead & { lastNumber: number }>`
    SELECT number, hash,
      (SELECT coalesce(max(number), 0) FROM audit_entry WHERE workspace_id = house.workspace()) AS "lastNumber"
    FROM audit_head WHERE workspace_id = house.workspace()`.execute(tx);
  return rows[0] ?? null;
}

/**
 * Every workspace there is, in a fixed order; for the owner's login, which sees them all. None in a database that has
 * no audit logs yet.
 */
export async function listAllWorkspaces(tx: Tx): Promise<{ id: string; name: string }[]> {
  const { rows: tables } = await sql<{ has: boolean }>`SELECT to_regclass('audit_head') IS NOT NULL AS has`.execute(tx);
  if (!tables[0]?.has) return [];
  const { rows } = await sql<{ id: string; name: string }>`SELECT id, name FROM workspace ORDER BY id`.execute(tx);
  return rows;
}
