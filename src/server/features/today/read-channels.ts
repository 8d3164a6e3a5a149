import type { KnownChannel } from '#server/features/channels/index.ts';
import { type Ending, listLastPublished } from '#server/features/publishing/index.ts';
import type { Tx } from '#server/platform/db/index.ts';
import type { KnownToday } from './morning.rules.ts';

/** The channels of the register as the morning sees them. The own page is connected by being there. */
export async function readChannels(
  tx: Tx,
  known: readonly KnownChannel[],
  endings: readonly Ending[],
): Promise<KnownToday[]> {
  const withCadence = known.filter((it) => it.cadencePerWeek !== null).map((it) => it.id);
  const last = new Map((await listLastPublished(tx, withCadence)).map((it) => [it.channelId, it.at]));
  return known.map((channel) => ({
    id: channel.id,
    name: channel.name,
    connection: channel.manifest?.connect.kind === 'own' ? 'connected' : channel.connection,
    ending: endings.find((it) => it.channelId === channel.id) ?? null,
    isActive: channel.state === 'active',
    cadencePerWeek: channel.cadencePerWeek,
    nextDueAt: channel.nextDueAt,
    lastPublishedAt: last.get(channel.id) ?? null,
  }));
}
