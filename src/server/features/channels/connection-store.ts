import { sql } from 'kysely';
import { planKept, type Tx } from '#server/platform/db/index.ts';
import type { ChannelTables, ConnectionRow } from './channel-store.ts';

export async function findConnection(
  tx: Tx,
  channelId: string,
  options: { lock?: boolean } = {},
): Promise<ConnectionRow | null> {
  const row = await tx
    .withTables<ChannelTables>()
    .selectFrom('connection')
    .selectAll()
    .where('channel_id', '=', channelId)
    .$if(options.lock === true, (q) => q.forUpdate())
    .executeTakeFirst();
  return row ?? null;
}

/** The connections of these channels, each with its channel's network; channels without one are left out. */
export async function listConnections(
  tx: Tx,
  channelIds: readonly string[],
): Promise<{ network: string; connection: ConnectionRow }[]> {
  const rows = await tx
    .withTables<ChannelTables>()
    .selectFrom('connection')
    .innerJoin('channel', (join) =>
      join
        .onRef('channel.workspace_id', '=', 'connection.workspace_id')
        .onRef('channel.id', '=', 'connection.channel_id'),
    )
    .selectAll('connection')
    .select('channel.network')
    .where('connection.channel_id', 'in', [...channelIds])
    .execute();
  return rows.map(({ network, ...connection }) => ({ network, connection }));
}

/** Which channel of the workspace is connected to the account already, if any. */
export async function findChannelOfAccount(tx: Tx, remoteId: string): Promise<string | null> {
  const row = await tx
    .withTables<ChannelTables>()
    .selectFrom('connection')
    .select('channel_id')
    .where('remote_id', '=', remoteId)
    .executeTakeFirst();
  return row?.channel_id ?? null;
}

/** When a credential ends, and when it is renewed. */
export type CredentialEnds = Pick<ConnectionRow, 'expires_at' | 'ends_at' | 'renew_at'>;

/** A credential just got has never failed to be renewed, and was refused by nobody. */
const renewalWorks = sql`renewal_failed_since = NULL, renewal_failures = 0, renewal_fault = NULL, refused_at = NULL`;

/** Puts a new credential in place of any older one; the generation rises. */
export async function writeConnection(
  tx: Tx,
  row: Pick<
    ConnectionRow,
    | 'workspace_id'
    | 'channel_id'
    | 'remote_id'
    | 'handle'
    | 'name'
    | 'address'
    | 'server'
    | 'credential'
    | 'scopes'
    | keyof CredentialEnds
  >,
): Promise<void> {
  await sql`INSERT INTO connection (workspace_id, channel_id, remote_id, handle, name, address, server, credential, scopes,
      expires_at, ends_at, renew_at, state, worked_at)
    VALUES (${row.workspace_id}, ${row.channel_id}, ${row.remote_id}, ${row.handle}, ${row.name}, ${row.address}, ${row.server},
      ${row.credential}, ${row.scopes}, ${row.expires_at}, ${row.ends_at}, ${row.renew_at}, 'connected', clock.now())
    ON CONFLICT (workspace_id, channel_id) DO UPDATE SET
      remote_id = excluded.remote_id, handle = excluded.handle, name = excluded.name, address = excluded.address, server = excluded.server,
      credential = excluded.credential, scopes = excluded.scopes, expires_at = excluded.expires_at, ends_at = excluded.ends_at,
      renew_at = excluded.renew_at, refreshed_at = NULL, ${renewalWorks}, state = 'connected', missing = NULL,
      connected_at = clock.now(), worked_at = clock.now(), generation = connection.generation + 1`.execute(tx);
}

/** Keeps how many posts the account says it may publish. */
export async function writeQuota(tx: Tx, channelId: string, max: number | null): Promise<void> {
  await sql`UPDATE connection SET quota_max = ${max} WHERE channel_id = ${channelId}`.execute(tx);
}

/** Writes what a network gave in renewal; the generation rises. */
export async function writeRefreshed(
  tx: Tx,
  channelId: string,
  renewed: { credential: string } & CredentialEnds,
): Promise<void> {
  await sql`UPDATE connection SET credential = ${renewed.credential}, expires_at = ${renewed.expires_at},
    ends_at = ${renewed.ends_at}, renew_at = ${renewed.renew_at}, refreshed_at = clock.now(), ${renewalWorks},
    state = 'connected', missing = NULL, worked_at = clock.now(), generation = generation + 1
    WHERE channel_id = ${channelId}`.execute(tx);
}

/** Notes that renewing failed, why, and when it is tried again. The credential stays, and so does its state. */
export async function writeRenewalFailed(
  tx: Tx,
  channelId: string,
  { fault, tryAgainAt }: { fault: string; tryAgainAt: Date },
): Promise<void> {
  await sql`UPDATE connection SET renewal_failed_since = coalesce(renewal_failed_since, clock.now()),
    renewal_failures = renewal_failures + 1, renewal_fault = ${fault}, renew_at = ${tryAgainAt}
    WHERE channel_id = ${channelId}`.execute(tx);
}

/**
 * Notes that the network renews it no more, or that it has ended (`askAgainAt` null: nobody is asked any more). What
 * still works with the old one until then does not undo that. True when that changed the state.
 */
export async function writeRefused(
  tx: Tx,
  channelId: string,
  {
    state,
    missing,
    askAgainAt,
  }: { state: 'credential-rejected' | 'permission-missing'; missing: string | null; askAgainAt: Date | null },
): Promise<boolean> {
  const { rows } = await sql<{ before: string }>`WITH old AS MATERIALIZED (
      SELECT c.workspace_id, c.channel_id, c.state FROM connection c WHERE c.channel_id = ${channelId} FOR UPDATE)
    UPDATE connection SET state = ${state}, missing = ${missing}, refused_at = clock.now(), renew_at = ${askAgainAt} FROM old
    WHERE connection.workspace_id = old.workspace_id AND connection.channel_id = old.channel_id
    RETURNING old.state AS before`.execute(tx);
  return rows[0] !== undefined && rows[0].before !== state;
}

/**
 * Connections over all workspaces that are to be renewed or looked at by now, those that wait longest first. Of those that
 * do not work only what was refused to be renewed: that may have been a mistake.
 */
export async function listRenewalsDue(tx: Tx, limit: number): Promise<{ workspaceId: string; channelId: string }[]> {
  const { rows } = await sql<{ workspaceId: string; channelId: string }>`
    SELECT workspace_id AS "workspaceId", channel_id AS "channelId" FROM connection
    WHERE (state = 'connected' OR refused_at IS NOT NULL) AND renew_at <= clock.now() ORDER BY renew_at LIMIT ${limit}`.execute(
    tx,
  );
  return rows;
}

/** Looks at a connection no more by itself: nothing here can renew it. */
export async function writeNoRenewal(tx: Tx, channelId: string): Promise<void> {
  await sql`UPDATE connection SET renew_at = NULL WHERE channel_id = ${channelId}`.execute(tx);
}

/** Notes that the network refused; only for the generation that was tried. True when that changed the state. */
export async function writeBroken(
  tx: Tx,
  channelId: string,
  generation: number,
  state: 'credential-rejected' | 'permission-missing',
  missing: string | null,
): Promise<boolean> {
  const result = await sql`UPDATE connection SET state = ${state}, missing = ${missing}
    WHERE channel_id = ${channelId} AND generation = ${generation} AND state <> ${state}`.execute(tx);
  return (result.numAffectedRows ?? 0n) > 0n;
}

/**
 * Notes that calls by these credentials worked, at most once a minute each. Returns the channels that had been broken and
 * are no longer; one that is not renewed any more stays broken, though it may still work for a while.
 * Waits for nobody: a credential that is being refreshed or replaced just now is noted by whoever does that.
 */
export async function writeWorked(
  tx: Tx,
  calls: readonly { channelId: string; generation: number }[],
): Promise<string[]> {
  if (calls.length === 0) return [];
  const { rows } = await sql<{ channelId: string; before: string; now: string }>`${planKept}WITH old AS MATERIALIZED (
      SELECT c.workspace_id, c.channel_id, c.state FROM connection c
      JOIN unnest(${calls.map((call) => call.channelId)}::uuid[], ${calls.map((call) => call.generation)}::int[])
        AS tried (channel_id, generation) ON tried.channel_id = c.channel_id AND tried.generation = c.generation
      WHERE (c.state <> 'connected' AND c.refused_at IS NULL) OR c.worked_at IS NULL OR c.worked_at < clock.now() - interval '1 minute'
      ORDER BY c.channel_id FOR UPDATE OF c SKIP LOCKED)
    UPDATE connection SET state = CASE WHEN refused_at IS NULL THEN 'connected' ELSE connection.state END,
      missing = CASE WHEN refused_at IS NULL THEN NULL ELSE missing END, worked_at = clock.now() FROM old
    WHERE connection.workspace_id = old.workspace_id AND connection.channel_id = old.channel_id
    RETURNING old.channel_id AS "channelId", old.state AS before, connection.state AS now`.execute(tx);
  return rows.filter(({ before, now }) => before !== 'connected' && now === 'connected').map((row) => row.channelId);
}

/**
 * Channels that should work and have not for so many hours, although their next post is due within a day: their
 * credential may have ended without anybody having been told.
 */
export async function listDoubtful(tx: Tx, hours: number): Promise<{ channelId: string; workedAt: Date }[]> {
  const { rows } = await sql<{ channelId: string; workedAt: Date }>`
    SELECT n.channel_id AS "channelId", coalesce(n.worked_at, n.connected_at) AS "workedAt"
    FROM connection n JOIN channel c ON c.workspace_id = n.workspace_id AND c.id = n.channel_id
    WHERE n.state = 'connected' AND n.credential IS NOT NULL AND c.archived_at IS NULL
      AND c.next_due_at BETWEEN clock.now() AND clock.now() + interval '1 day'
      AND coalesce(n.worked_at, n.connected_at) < clock.now() - make_interval(hours => ${hours})
    ORDER BY n.channel_id`.execute(tx);
  return rows;
}

export async function deleteConnection(tx: Tx, channelId: string): Promise<boolean> {
  const result = await tx
    .withTables<ChannelTables>()
    .deleteFrom('connection')
    .where('channel_id', '=', channelId)
    .executeTakeFirst();
  return result.numDeletedRows > 0n;
}

/** Writes how the account is called now; what it may do stays. */
export async function renameConnection(
  tx: Tx,
  channelId: string,
  { name, handle, address }: Pick<ConnectionRow, 'name' | 'handle' | 'address'>,
): Promise<void> {
  await tx
    .withTables<ChannelTables>()
    .updateTable('connection')
    .set({ name, handle, address })
    .where('channel_id', '=', channelId)
    .execute();
}
