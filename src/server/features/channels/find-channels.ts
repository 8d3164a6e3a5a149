import type { Manifest } from '#connectors/kit/manifest.ts';
import type { House } from '#server/platform/context/index.ts';
import type { Tx } from '#server/platform/db/index.ts';
import { type ChannelWithConnection, findChannelRows, listChannelRows, writeNextDues } from './channel-store.ts';
import { findEnd } from './present-channel.ts';

/** What higher rooms may know of a channel. */
export interface KnownChannel {
  id: string;
  network: string;
  name: string;
  handle: string;
  address: string | null;
  language: string | null;
  archived: boolean;
  connection: 'not-connected' | 'connected' | 'credential-rejected' | 'permission-missing';
  /** When its credential ends unless a person connects it again; null: not, or nobody knows. */
  endsAt: Date | null;
  /** As the register says: is it in use? */
  state: 'active' | 'dormant' | 'duplicate' | 'orphaned' | 'lost';
  /** Intended posts a week; null: not decided. */
  cadencePerWeek: number | null;
  /** When its next post is due. */
  nextDueAt: Date | null;
  /** How many posts it may publish in any stretch of a time; null: as many as one likes. */
  quota: { max: number; perMs: number; over: 'refused' | 'advised' } | null;
  /** Null when no connector of this installation knows the network. */
  manifest: Manifest | null;
}

/** The channels with these ids in the transaction's workspace; unknown ids are left out. */
export async function findChannels(house: House, tx: Tx, ids: readonly string[]): Promise<KnownChannel[]> {
  return (await findChannelRows(tx, ids)).map((row) => describeChannel(house, row));
}

/** The register of the transaction's workspace without its archive, as far as higher rooms may know it. */
export async function listKnownChannels(house: House, tx: Tx): Promise<KnownChannel[]> {
  return (await listChannelRows(tx, null, 1_000)).map((row) => describeChannel(house, row));
}

function describeChannel(house: House, row: ChannelWithConnection): KnownChannel {
  const manifest = house.connectors.get(row.network)?.manifest ?? null;
  const max = row.connection?.quota_max ?? manifest?.quota?.max ?? null;
  return {
    id: row.id,
    network: row.network,
    name: row.name,
    handle: row.handle,
    address: row.address,
    language: row.language,
    archived: row.archived_at !== null,
    connection: row.connection?.state ?? 'not-connected',
    endsAt: findEnd(house, row),
    state: row.state,
    cadencePerWeek: row.cadence_per_week,
    nextDueAt: row.next_due_at,
    quota: manifest?.quota && max !== null ? { max, perMs: manifest.quota.perMs, over: manifest.quota.over } : null,
    manifest,
  };
}

/** Publishing tells the register when the next post of each of these channels is due. */
export const noteNextDues = (tx: Tx, dues: readonly { channelId: string; at: Date | null }[]): Promise<void> =>
  writeNextDues(tx, dues);
