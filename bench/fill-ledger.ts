import { randomBytes, randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { House } from '#server/platform/context/index.ts';
import { benchNetwork } from './bench-network.ts';

export interface Shop {
  workspaceId: string;
  channelIds: string[];
  network: string;
}

/** Connected channels, as connecting them would leave them, in a workspace of their own or in the one given. */
export async function openShop(
  house: House,
  {
    channels,
    server,
    within,
    network = benchNetwork.manifest.id,
  }: { channels: number; server: string; within?: string; network?: string },
): Promise<Shop> {
  const workspaceId = within ?? randomUUID();
  const channelIds = Array.from({ length: channels }, () => randomUUID());
  const rows = channelIds.map((id) => ({
    id,
    credential: house.vault.seal(JSON.stringify({ token: id }), {
      workspaceId,
      table: 'connection',
      column: 'credential',
      rowId: id,
    }),
  }));
  await house.db.inWorkspace(workspaceId, async (tx) => {
    if (within === undefined)
      await sql`INSERT INTO workspace (id, name, language, zone) VALUES (${workspaceId}, 'Bench', 'en', 'UTC')`.execute(
        tx,
      );
    const given = sql`jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS given (id uuid, credential text)`;
    await sql`INSERT INTO channel (workspace_id, id, network, name)
      SELECT ${workspaceId}, id, ${network}, 'Channel' FROM ${given}`.execute(tx);
    await sql`INSERT INTO connection (workspace_id, channel_id, remote_id, handle, name, address, server, credential, state)
      SELECT ${workspaceId}, id, 'bench:' || id, 'shop', 'Shop', 'https://bench.example', ${server}, credential, 'connected' FROM ${given}`.execute(
      tx,
    );
  });
  return { workspaceId, channelIds, network };
}

/** Enters one post for each of these times on the shop's channels in turn, as scheduling would; seed → due time. */
export async function fillLedger(house: House, shop: Shop, dueAt: readonly Date[]): Promise<Map<string, number>> {
  const { workspaceId, channelIds, network } = shop;
  const rows = dueAt.map((at, index) => ({
    post: randomUUID(),
    variant: randomUUID(),
    delivery: randomUUID(),
    channel: channelIds[index % channelIds.length],
    seed: randomBytes(16).toString('hex'),
    at: at.toISOString(),
    content: { parts: [{ text: `Fresh bread, number ${index}`, media: [], link: null }] },
  }));
  const given = sql`jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
    AS given (post uuid, variant uuid, delivery uuid, channel uuid, seed text, at timestamptz, content jsonb)`;
  await house.db.inWorkspace(workspaceId, async (tx) => {
    await sql`INSERT INTO post (workspace_id, id, content, language, author_id)
      SELECT ${workspaceId}, post, content, 'en', 'bench' FROM ${given}`.execute(tx);
    await sql`INSERT INTO variant (workspace_id, id, post_id, channel_id)
      SELECT ${workspaceId}, variant, post, channel FROM ${given}`.execute(tx);
    await sql`INSERT INTO delivery (workspace_id, id, group_id, position, post_id, variant_id, channel_id, network, state,
        due_at, zone, local_due, not_before, seed)
      SELECT ${workspaceId}, delivery, delivery, 0, post, variant, channel, ${network}, 'scheduled',
        at, 'UTC', to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI'), at, seed FROM ${given}`.execute(tx);
    await sql`SELECT pg_notify('delivery', '')`.execute(tx);
  });
  return new Map(rows.map((row, index) => [row.seed, dueAt[index]?.getTime() ?? 0]));
}

/** How many deliveries of these shops are not published yet. */
export async function countOpen(house: House, shops: readonly Shop[]): Promise<number> {
  let open = 0;
  for (const { workspaceId } of shops) {
    const { rows } = await house.db.inWorkspace(workspaceId, (tx) =>
      sql<{ open: number }>`SELECT count(*)::int AS open FROM delivery WHERE state <> 'published'`.execute(tx),
    );
    open += rows[0]?.open ?? 0;
  }
  return open;
}
