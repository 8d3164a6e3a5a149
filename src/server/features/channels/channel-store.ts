import type { Selectable } from 'kysely';
import { sql } from 'kysely';
import { planKept, type Tx } from '#server/platform/db/index.ts';
import { waitsUntil } from './limits/index.ts';

export type ChannelTables = {
  channel: {
    workspace_id: string;
    id: string;
    network: string;
    name: string;
    handle: string;
    address: string | null;
    purpose: string;
    owner_id: string | null;
    cadence_per_week: number | null;
    language: string | null;
    state: 'active' | 'dormant' | 'duplicate' | 'orphaned' | 'lost';
    next_due_at: Date | null;
    revision: number;
    created_at: Date;
    archived_at: Date | null;
  };
  connection: {
    workspace_id: string;
    channel_id: string;
    remote_id: string;
    handle: string;
    name: string;
    address: string;
    server: string | null;
    credential: string | null;
    scopes: string[];
    state: 'connected' | 'credential-rejected' | 'permission-missing';
    missing: string | null;
    generation: number;
    expires_at: Date | null;
    ends_at: Date | null;
    renew_at: Date | null;
    refreshed_at: Date | null;
    renewal_failed_since: Date | null;
    renewal_failures: number;
    renewal_fault: string | null;
    refused_at: Date | null;
    quota_max: number | null;
    connected_at: Date;
    worked_at: Date | null;
  };
};

export type ChannelRow = Selectable<ChannelTables['channel']>;
export type ConnectionRow = Selectable<ChannelTables['connection']>;
export type ChannelWithConnection = ChannelRow & {
  connection:
    | (Pick<
        ConnectionRow,
        | 'state'
        | 'missing'
        | 'connected_at'
        | 'worked_at'
        | 'expires_at'
        | 'ends_at'
        | 'refreshed_at'
        | 'renewal_failed_since'
        | 'renewal_fault'
        | 'quota_max'
      > & {
        /** Until when the network wants no posts; null: it takes them. */
        waits_until: Date | null;
      })
    | null;
};

const columns = (tx: Tx) =>
  tx
    .withTables<ChannelTables>()
    .selectFrom('channel')
    .leftJoin('connection', (join) =>
      join
        .onRef('connection.workspace_id', '=', 'channel.workspace_id')
        .onRef('connection.channel_id', '=', 'channel.id'),
    )
    .selectAll('channel')
    .select([
      'connection.state as c_state',
      'connection.missing as c_missing',
      'connection.connected_at as c_connected_at',
      'connection.worked_at as c_worked_at',
      'connection.expires_at as c_expires_at',
      'connection.ends_at as c_ends_at',
      'connection.refreshed_at as c_refreshed_at',
      'connection.renewal_failed_since as c_renewal_failed_since',
      'connection.renewal_fault as c_renewal_fault',
      'connection.quota_max as c_quota_max',
      sql<Date | null>`${waitsUntil(sql.ref('channel.network'), sql.ref('connection.server'), sql`connection.limit_account`)}`.as(
        'c_waits_until',
      ),
    ]);

type Joined = ChannelRow & {
  c_state: ConnectionRow['state'] | null;
  c_missing: string | null;
  c_connected_at: Date | null;
  c_worked_at: Date | null;
  c_expires_at: Date | null;
  c_ends_at: Date | null;
  c_refreshed_at: Date | null;
  c_renewal_failed_since: Date | null;
  c_renewal_fault: string | null;
  c_quota_max: number | null;
  c_waits_until: Date | null;
};

const gather = ({
  c_state,
  c_missing,
  c_connected_at,
  c_worked_at,
  c_expires_at,
  c_ends_at,
  c_refreshed_at,
  c_renewal_failed_since,
  c_renewal_fault,
  c_quota_max,
  c_waits_until,
  ...channel
}: Joined): ChannelWithConnection => ({
  ...channel,
  connection:
    c_state && c_connected_at
      ? {
          state: c_state,
          missing: c_missing,
          connected_at: c_connected_at,
          worked_at: c_worked_at,
          expires_at: c_expires_at,
          ends_at: c_ends_at,
          refreshed_at: c_refreshed_at,
          renewal_failed_since: c_renewal_failed_since,
          renewal_fault: c_renewal_fault,
          quota_max: c_quota_max,
          waits_until: c_waits_until,
        }
      : null,
});

export async function findChannel(tx: Tx, id: string): Promise<ChannelWithConnection | null> {
  const row = await columns(tx).where('channel.id', '=', id).executeTakeFirst();
  return row ? gather(row) : null;
}

/** Channels in the order they were entered, archived ones last; one more than `limit` when there are more. */
export async function listChannelRows(
  tx: Tx,
  after: { createdAt: Date; id: string } | null,
  limit: number,
): Promise<ChannelWithConnection[]> {
  const rows = await columns(tx)
    .where('channel.archived_at', 'is', null)
    .$if(after !== null, (q) =>
      q.where(
        sql<boolean>`(channel.created_at, channel.id) > (${after?.createdAt ?? null}::timestamptz, ${after?.id ?? null}::uuid)`,
      ),
    )
    .orderBy('channel.created_at')
    .orderBy('channel.id')
    .limit(limit + 1)
    .execute();
  return rows.map(gather);
}

export async function findChannelRows(tx: Tx, ids: readonly string[]): Promise<ChannelWithConnection[]> {
  if (ids.length === 0) return [];
  return (
    await columns(tx)
      .where('channel.id', 'in', [...ids])
      .execute()
  ).map(gather);
}

export type ChannelFields = Pick<
  ChannelRow,
  'name' | 'handle' | 'address' | 'purpose' | 'owner_id' | 'cadence_per_week' | 'language' | 'state'
>;

export async function insertChannel(
  tx: Tx,
  row: { workspace_id: string; id: string; network: string; name: string } & Partial<ChannelFields>,
): Promise<void> {
  await tx
    .withTables<ChannelTables>()
    .insertInto('channel')
    .values(row as never)
    .execute();
}

/** Writes the fields when the revision is still the one the caller read; false when it is not. */
export async function updateChannelRow(
  tx: Tx,
  id: string,
  revision: number,
  fields: Partial<ChannelFields>,
): Promise<boolean> {
  const result = await tx
    .withTables<ChannelTables>()
    .updateTable('channel')
    .set({ ...fields, revision: revision + 1 })
    .where('id', '=', id)
    .where('revision', '=', revision)
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

export async function archiveChannelRow(tx: Tx, id: string): Promise<boolean> {
  const result = await tx
    .withTables<ChannelTables>()
    .updateTable('channel')
    .set({ archived_at: sql`coalesce(archived_at, clock.now())` })
    .where('id', '=', id)
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

/** Takes a channel out of the archive; true when that changed something. */
export async function restoreChannelRow(tx: Tx, id: string): Promise<boolean> {
  const result = await tx
    .withTables<ChannelTables>()
    .updateTable('channel')
    .set({ archived_at: null })
    .where('id', '=', id)
    .where('archived_at', 'is not', null)
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

/** Writes when each of these channels is due next, in the order of their ids, so that two writers never wait in a ring. */
export async function writeNextDues(tx: Tx, dues: readonly { channelId: string; at: Date | null }[]): Promise<void> {
  if (dues.length === 0) return;
  await sql`${planKept}WITH told AS MATERIALIZED (
      SELECT c.workspace_id, c.id, due.at FROM channel c
      JOIN unnest(${dues.map((due) => due.channelId)}::uuid[], ${dues.map((due) => due.at)}::timestamptz[]) AS due (id, at) ON due.id = c.id
      WHERE c.next_due_at IS DISTINCT FROM due.at ORDER BY c.id FOR UPDATE OF c)
    UPDATE channel SET next_due_at = told.at FROM told
    WHERE channel.workspace_id = told.workspace_id AND channel.id = told.id`.execute(tx);
}
