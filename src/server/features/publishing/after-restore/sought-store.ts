import { sql } from 'kysely';
import type { Content } from '#contract/content.ts';
import type { Tx } from '#server/platform/db/index.ts';
import type { SoughtPart } from './match-own-posts.rules.ts';

/** A part of a channel with what must be known to find it and to settle it. */
export interface SoughtRow extends SoughtPart {
  workspaceId: string;
  postId: string;
  channelId: string;
  network: string;
  state: 'held' | 'scheduled' | 'published';
}

/** Channels on which something is held because the database has another history now. */
export async function listSoughtChannels(tx: Tx): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`SELECT DISTINCT channel_id AS id FROM delivery
    WHERE state = 'held' AND held_reason = 'new-history'
    UNION SELECT DISTINCT channel_id FROM delivery, installation
    WHERE state = 'scheduled' AND position = 0 AND NOT waits AND history_at IS NOT NULL
      AND delivery.created_at < history_at`.execute(tx);
  return rows.map(({ id }) => id);
}

/**
 * Parts of a channel that may be out already: those held for the new history, with the parts of the same deliveries that
 * are out, and what is planned since before it and could have been published earlier than planned.
 */
export async function listSought(tx: Tx, channelId: string): Promise<SoughtRow[]> {
  const { rows } = await sql<SoughtRow & { content: Content }>`SELECT d.id, d.group_id AS "groupId", d.position, d.role,
      d.due_at AS "dueAt", d.remote_id AS "remoteId", d.workspace_id AS "workspaceId", d.post_id AS "postId",
      d.channel_id AS "channelId", d.network, d.state, d.state = 'scheduled' AS "isPlanned", coalesce(v.content, p.content) AS content
    FROM delivery d JOIN variant v ON v.workspace_id = d.workspace_id AND v.id = d.variant_id
    JOIN post p ON p.workspace_id = d.workspace_id AND p.id = d.post_id CROSS JOIN installation i
    WHERE d.channel_id = ${channelId} AND ((d.state = 'held' AND d.held_reason = 'new-history')
      OR (d.state = 'scheduled' AND d.position = 0 AND NOT d.waits AND d.created_at < i.history_at)
      OR (d.state = 'published' AND EXISTS (SELECT FROM delivery h WHERE h.workspace_id = d.workspace_id
        AND h.group_id = d.group_id AND h.state = 'held' AND h.held_reason = 'new-history')))
    ORDER BY d.due_at, d.group_id, d.position`.execute(tx);
  return rows.map(({ content, ...row }) => ({ ...row, text: textOf(content, row) }));
}

const textOf = (content: Content, { role, position }: Pick<SoughtPart, 'role' | 'position'>): string =>
  (role === 'comment' ? content.firstComment : content.parts[position]?.text) ?? '';

/** When the backup was made that was put back last; null when it was no backup of ours. */
export async function readMadeAt(tx: Tx): Promise<Date | null> {
  const { rows } = await sql<{ madeAt: Date }>`SELECT (payload ->> 'madeAt')::timestamptz AS "madeAt" FROM fact
    WHERE kind = 'installation.restored' ORDER BY at DESC LIMIT 1`.execute(tx);
  return rows[0]?.madeAt ?? null;
}

/** Remote ids that the ledger has of a channel since an instant. */
export async function listKnownIds(tx: Tx, channelId: string): Promise<Set<string>> {
  const { rows } = await sql<{ id: string }>`SELECT remote_id AS id FROM delivery
    WHERE channel_id = ${channelId} AND remote_id IS NOT NULL`.execute(tx);
  return new Set(rows.map(({ id }) => id));
}

/**
 * Holds what is planned and seems to be out already: a person may have published it earlier than planned, which nothing
 * here remembers. False when it is not merely planned any more.
 */
export async function holdPlanned(tx: Tx, id: string): Promise<boolean> {
  const result = await sql`UPDATE delivery SET state = 'held', held_reason = 'new-history', fence = fence + 1,
      updated_at = clock.now() WHERE id = ${id} AND state = 'scheduled'`.execute(tx);
  return (result.numAffectedRows ?? 0n) > 0n;
}

/** First parts of deliveries of which something is asked that a job must go on with. */
export async function listAsked(tx: Tx): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`SELECT id FROM delivery
    WHERE take_down_asked_at IS NOT NULL OR correction_asked_at IS NOT NULL`.execute(tx);
  return rows.map(({ id }) => id);
}
