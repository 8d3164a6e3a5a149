import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { NoticeKind } from '#contract/notices.ts';
import type { Tx } from '#server/platform/db/index.ts';
import type { NoticeRow, Particulars } from './tables.ts';

/** Something that happened, for one person. */
export interface NewNotice {
  workspaceId: string;
  personId: string;
  kind: NoticeKind;
  subject: string;
  /** Names what happened: heard twice it counts once. */
  event: string;
  particulars: Particulars;
  /** When it goes out, by when something about it did before. */
  dues: (last: { mailedAt: Date | null; pushedAt: Date | null }) => { mailDueAt: Date | null; pushDueAt: Date | null };
}

/**
 * Tells one person: counts on their unread notice about the same subject, or makes one. Returns what is due by it from
 * now on that was not before, or null when this event has been told already.
 */
export async function addNotice(
  tx: Tx,
  news: NewNotice,
): Promise<{ mailDueAt: Date | null; pushDueAt: Date | null } | null> {
  const { workspaceId, personId, kind, subject, event } = news;
  await sql`SELECT pg_advisory_xact_lock(hashtext(${`notice ${workspaceId} ${personId}`}))`.execute(tx);
  const { rows: seen } = await sql`SELECT FROM notice_event WHERE person_id = ${personId} AND event = ${event}`.execute(
    tx,
  );
  if (seen.length > 0) return null;
  const { rows: unread } = await sql<{
    id: string;
    mailedAt: Date | null;
    pushedAt: Date | null;
    mailDueAt: Date | null;
    pushDueAt: Date | null;
  }>`SELECT id, mailed_at AS "mailedAt", pushed_at AS "pushedAt", mail_due_at AS "mailDueAt", push_due_at AS "pushDueAt"
    FROM notice WHERE person_id = ${personId} AND kind = ${kind} AND subject = ${subject} AND read_at IS NULL
    FOR UPDATE`.execute(tx);
  const [open] = unread;
  const dues = news.dues({ mailedAt: open?.mailedAt ?? null, pushedAt: open?.pushedAt ?? null });
  const particulars = JSON.stringify(news.particulars);
  const id = open?.id ?? randomUUID();
  if (open)
    await sql`UPDATE notice SET count = count + 1, at = clock.now(), particulars = ${particulars}::jsonb,
        mail_due_at = coalesce(mail_due_at, ${dues.mailDueAt}), push_due_at = coalesce(push_due_at, ${dues.pushDueAt})
      WHERE id = ${id}`.execute(tx);
  else
    await sql`INSERT INTO notice (workspace_id, id, person_id, kind, subject, particulars, mail_due_at, push_due_at)
      VALUES (${workspaceId}, ${id}, ${personId}, ${kind}, ${subject}, ${particulars}::jsonb, ${dues.mailDueAt}, ${dues.pushDueAt})`.execute(
      tx,
    );
  await sql`INSERT INTO notice_event (workspace_id, person_id, event, notice_id, delivery_id)
    VALUES (${workspaceId}, ${personId}, ${event}, ${id}, ${news.particulars.deliveryId ?? null})`.execute(tx);
  return {
    mailDueAt: open?.mailDueAt ? null : dues.mailDueAt,
    pushDueAt: open?.pushDueAt ? null : dues.pushDueAt,
  };
}

const columns = sql`workspace_id AS "workspaceId", id, person_id AS "personId", kind, subject, particulars, count,
  created_at AS "createdAt", at, read_at AS "readAt", settled_at AS "settledAt"`;

/** A person's notices, the latest first; one more than `limit` when there are more. */
export async function listNoticeRows(
  tx: Tx,
  personId: string,
  { unread, after, limit }: { unread: boolean; after: { at: Date; id: string } | null; limit: number },
): Promise<NoticeRow[]> {
  const { rows } = await sql<NoticeRow>`SELECT ${columns} FROM notice WHERE person_id = ${personId}
      AND (${!unread} OR read_at IS NULL)
      AND (${after === null} OR (at, id) < (${after?.at ?? null}::timestamptz, ${after?.id ?? null}::uuid))
    ORDER BY at DESC, id DESC LIMIT ${limit + 1}`.execute(tx);
  return rows;
}

/** Those of a person's notices with these ids that are unread. */
export async function findUnread(tx: Tx, personId: string, ids: readonly string[]): Promise<NoticeRow[]> {
  const { rows } = await sql<NoticeRow>`SELECT ${columns} FROM notice
    WHERE person_id = ${personId} AND id = ANY(${[...ids]}::uuid[]) AND read_at IS NULL ORDER BY at DESC, id DESC`.execute(
    tx,
  );
  return rows;
}

/** Counts up to a hundred: beyond, nobody counts. */
export async function countUnread(tx: Tx, personId: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`SELECT count(*)::int AS count FROM
    (SELECT FROM notice WHERE person_id = ${personId} AND read_at IS NULL LIMIT 100) unread`.execute(tx);
  return rows[0]?.count ?? 0;
}

/** How many of these notices are this person's. */
export async function countOwn(tx: Tx, personId: string, ids: readonly string[]): Promise<number> {
  const { rows } = await sql<{ count: number }>`SELECT count(*)::int AS count FROM notice
    WHERE person_id = ${personId} AND id = ANY(${[...ids]}::uuid[])`.execute(tx);
  return rows[0]?.count ?? 0;
}

/** Marks as read: nothing of them goes out any more. Null: all of this person's. Returns which were unread. */
export async function markRead(tx: Tx, personId: string, ids: readonly string[] | null): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`UPDATE notice
    SET read_at = clock.now(), mail_due_at = NULL, push_due_at = NULL
    WHERE person_id = ${personId} AND read_at IS NULL
      AND (${ids === null} OR id = ANY(${ids === null ? [] : [...ids]}::uuid[]))
    RETURNING id`.execute(tx);
  return rows.map((row) => row.id);
}

/** Marks as unread again, but for those about which there is a newer unread one. */
export async function markUnread(tx: Tx, personId: string, ids: readonly string[]): Promise<void> {
  await sql`UPDATE notice SET read_at = NULL, settled_at = NULL
    WHERE person_id = ${personId} AND id = ANY(${[...ids]}::uuid[]) AND read_at IS NOT NULL
      AND id = (SELECT n.id FROM notice n WHERE n.person_id = notice.person_id AND n.kind = notice.kind
        AND n.subject = notice.subject ORDER BY (n.read_at IS NULL) DESC, n.at DESC, n.id DESC LIMIT 1)`.execute(tx);
}

/** What these kinds said of this subject is in order again. Returns whom it was told to. */
export async function settleSubject(tx: Tx, kinds: readonly NoticeKind[], subject: string): Promise<string[]> {
  const { rows } = await sql<{ personId: string }>`UPDATE notice SET ${settled}
    WHERE kind = ANY(${[...kinds]}::text[]) AND subject = ${subject} AND read_at IS NULL
    RETURNING person_id AS "personId"`.execute(tx);
  return rows.map((row) => row.personId);
}

/** What this kind said of all subjects but these is in order again. Returns whom it was told to. */
export async function settleOthers(tx: Tx, kind: NoticeKind, subjects: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ personId: string }>`UPDATE notice SET ${settled}
    WHERE kind = ${kind} AND NOT subject = ANY(${[...subjects]}::text[]) AND read_at IS NULL
    RETURNING person_id AS "personId"`.execute(tx);
  return rows.map((row) => row.personId);
}

/** Deliveries are in order again; what was told of them and of nothing else is settled. Returns whom it was told to. */
export async function settleDeliveries(tx: Tx, deliveryIds: readonly string[]): Promise<string[]> {
  const { rows: freed } = await sql<{ noticeId: string }>`UPDATE notice_event SET delivery_id = NULL
    WHERE delivery_id = ANY(${[...deliveryIds]}::uuid[]) RETURNING notice_id AS "noticeId"`.execute(tx);
  if (freed.length === 0) return [];
  const { rows } = await sql<{ personId: string }>`UPDATE notice SET ${settled}
    WHERE id = ANY(${freed.map((row) => row.noticeId)}::uuid[]) AND read_at IS NULL AND kind LIKE 'delivery-%'
      AND NOT EXISTS (SELECT FROM notice_event e WHERE e.workspace_id = notice.workspace_id
        AND e.notice_id = notice.id AND e.delivery_id IS NOT NULL)
    RETURNING person_id AS "personId"`.execute(tx);
  return rows.map((row) => row.personId);
}

const settled = sql`read_at = clock.now(), settled_at = clock.now(), mail_due_at = NULL, push_due_at = NULL`;

/** Forgets a workspace's notices that were read a month ago, and what is older than half a year. */
export async function deleteOldNotices(tx: Tx): Promise<number> {
  const { numAffectedRows } = await sql`DELETE FROM notice
    WHERE read_at < clock.now() - interval '30 days' OR at < clock.now() - interval '180 days'`.execute(tx);
  return Number(numAffectedRows ?? 0n);
}
