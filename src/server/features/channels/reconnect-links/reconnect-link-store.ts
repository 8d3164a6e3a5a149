import { sql } from 'kysely';
import type { ReconnectLink } from '#contract/reconnect-links.ts';
import { hashToken } from '#server/platform/auth/index.ts';
import type { Database, Tx } from '#server/platform/db/index.ts';

type LinkTables = {
  reconnect_link: {
    workspace_id: string;
    id: string;
    channel_id: string;
    token_hash: string;
    remote_id: string;
    handle: string;
    server: string | null;
    made_by: string;
    created_at: Date;
    expires_at: Date;
    used_at: Date | null;
    withdrawn_at: Date | null;
  };
  directory_reconnect_link: { token_hash: string; workspace_id: string; reconnect_link_id: string };
};

/** A link as it stands now. */
export type LinkRow = Omit<LinkTables['reconnect_link'], 'workspace_id' | 'token_hash' | 'withdrawn_at'> & {
  state: ReconnectLink['state'];
};

const select = (tx: Tx) =>
  tx
    .withTables<LinkTables>()
    .selectFrom('reconnect_link')
    .select(['id', 'channel_id', 'remote_id', 'handle', 'server', 'made_by', 'created_at', 'expires_at', 'used_at'])
    .select(
      sql<
        ReconnectLink['state']
      >`CASE WHEN used_at IS NOT NULL THEN 'used' WHEN withdrawn_at IS NOT NULL THEN 'withdrawn'
        WHEN expires_at <= clock.now() THEN 'expired' ELSE 'open' END`.as('state'),
    );

/** Writes a link for the account that the channel is connected to, and where its token leads. */
export async function insertLink(
  tx: Tx,
  link: {
    workspaceId: string;
    id: string;
    channelId: string;
    token: string;
    account: { remote_id: string; handle: string; server: string | null };
    madeBy: string;
    days: number;
  },
): Promise<void> {
  const tokenHash = hashToken(link.token);
  const { workspaceId, id, channelId, account, madeBy, days } = link;
  await sql`INSERT INTO reconnect_link (workspace_id, id, channel_id, token_hash, remote_id, handle, server, made_by, expires_at)
    VALUES (${workspaceId}, ${id}, ${channelId}, ${tokenHash}, ${account.remote_id}, ${account.handle}, ${account.server},
      ${madeBy}, clock.now() + make_interval(days => ${days}))`.execute(tx);
  await sql`INSERT INTO directory_reconnect_link (token_hash, workspace_id, reconnect_link_id)
    VALUES (${tokenHash}, ${workspaceId}, ${id})`.execute(tx);
}

/** Which link a token opens, whatever has become of it; null for a token of nobody. */
export async function findByToken(db: Database, token: string): Promise<{ workspaceId: string; id: string } | null> {
  return db.across(async (tx) => {
    const row = await tx
      .withTables<LinkTables>()
      .selectFrom('directory_reconnect_link')
      .select(['workspace_id', 'reconnect_link_id'])
      .where('token_hash', '=', hashToken(token))
      .executeTakeFirst();
    return row ? { workspaceId: row.workspace_id, id: row.reconnect_link_id } : null;
  });
}

/** One link of the transaction's workspace, or null; with `lock` until the transaction ends: it is used once. */
export async function findLink(tx: Tx, id: string, { lock = false } = {}): Promise<LinkRow | null> {
  const row = await select(tx)
    .where('id', '=', id)
    .$if(lock, (q) => q.forUpdate())
    .executeTakeFirst();
  return row ?? null;
}

/** A channel's links, the newest first, after a place in that order; `limit` and one more. */
export async function listLinkRows(
  tx: Tx,
  channelId: string,
  { after, limit }: { after: { createdAt: Date; id: string } | null; limit: number },
): Promise<LinkRow[]> {
  let query = select(tx).where('channel_id', '=', channelId);
  if (after) query = query.where(sql<boolean>`(created_at, id) < (${after.createdAt}, ${after.id}::uuid)`);
  return query
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit + 1)
    .execute();
}

export async function markUsed(tx: Tx, id: string): Promise<void> {
  await sql`UPDATE reconnect_link SET used_at = clock.now() WHERE id = ${id}`.execute(tx);
}

/** Takes one open link back; others stay as they are. */
export async function withdrawLinkRow(tx: Tx, id: string): Promise<void> {
  await sql`UPDATE reconnect_link SET withdrawn_at = clock.now()
    WHERE id = ${id} AND used_at IS NULL AND withdrawn_at IS NULL AND expires_at > clock.now()`.execute(tx);
}

/** Takes all open links of a channel back: it is connected, disconnected or archived by a member. */
export async function withdrawLinksOf(tx: Tx, channelId: string): Promise<void> {
  await sql`UPDATE reconnect_link SET withdrawn_at = clock.now()
    WHERE channel_id = ${channelId} AND used_at IS NULL AND withdrawn_at IS NULL AND expires_at > clock.now()`.execute(
    tx,
  );
}
