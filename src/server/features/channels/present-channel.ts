import type { z } from 'zod';
import type { Channel } from '#contract/channels.ts';
import type { ChannelWithConnection } from './channel-store.ts';

/** A channel as it goes to the wire; nothing of the credential does. */
export function presentChannel(row: ChannelWithConnection): z.input<typeof Channel> {
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
      state: row.connection?.state ?? 'not-connected',
      missing: row.connection?.missing ?? null,
      connectedAt: row.connection?.connected_at.toISOString() ?? null,
      workedAt: row.connection?.worked_at?.toISOString() ?? null,
      expiresAt: row.connection?.expires_at?.toISOString() ?? null,
      waitsUntil: row.connection?.waits_until?.toISOString() ?? null,
    },
    nextDueAt: row.next_due_at?.toISOString() ?? null,
    revision: row.revision,
    createdAt: row.created_at.toISOString(),
    archivedAt: row.archived_at?.toISOString() ?? null,
  };
}
