import type { z } from 'zod';
import type { Channel } from '#contract/channels.ts';
import type { House } from '#server/platform/context/index.ts';
import type { ChannelWithConnection } from './channel-store.ts';
import { endOf } from './credential-life.rules.ts';

/** A channel as it goes to the wire; nothing of the credential does. */
export function presentChannel(house: House, row: ChannelWithConnection): z.input<typeof Channel> {
  const { connection } = row;
  return {
    id: row.id,
    network: row.network,
    name: row.name,
    handle: row.handle,
    address: row.address,
    purpose: row.purpose,
    ownerId: row.owner_id,
    cadencePerWeek: row.cadence_per_week,
    language: row.language,
    state: row.state,
    connection: {
      state: connection?.state ?? 'not-connected',
      missing: connection?.missing ?? null,
      connectedAt: connection?.connected_at.toISOString() ?? null,
      workedAt: connection?.worked_at?.toISOString() ?? null,
      expiresAt: connection?.expires_at?.toISOString() ?? null,
      endsAt: findEnd(house, row)?.toISOString() ?? null,
      renewedAt: connection?.refreshed_at?.toISOString() ?? null,
      renewalFailingSince: connection?.renewal_failed_since?.toISOString() ?? null,
      renewalFault: connection?.renewal_fault ?? null,
      waitsUntil: connection?.waits_until?.toISOString() ?? null,
    },
    nextDueAt: row.next_due_at?.toISOString() ?? null,
    revision: row.revision,
    createdAt: row.created_at.toISOString(),
    archivedAt: row.archived_at?.toISOString() ?? null,
  };
}

/** When a connected channel's credential ends for want of a person, as far as that is known. */
export function findEnd(house: House, { network, connection }: ChannelWithConnection): Date | null {
  const connect = house.connectors.get(network)?.manifest.connect;
  if (connection?.state !== 'connected' || connect?.kind !== 'form') return null;
  const { expires_at: expiresAt, ends_at: endsAt, renewal_failed_since: failingSince } = connection;
  return endOf({ renewal: connect.life.renewal, expiresAt, endsAt, failingSince });
}
