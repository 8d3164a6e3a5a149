import type { House } from '#server/platform/context/index.ts';
import type { Tx } from '#server/platform/db/index.ts';
import { listWaits } from './bucket-store.ts';
import { takeTokens } from './take-tokens.ts';

/**
 * Takes what one look at a channel's figures may cost. Null: the network may be asked; else until when it wants no
 * questions.
 */
export async function spendRead(
  house: Pick<House, 'connectors'>,
  tx: Tx,
  place: { workspaceId: string; channelId: string; network: string },
): Promise<Date | null> {
  const { channelId } = place;
  const findWait = async () => (await listWaits(tx, [channelId], 'read')).get(channelId) ?? null;
  const wait = await findWait();
  if (wait) return wait;
  const { refused } = await takeTokens(house, tx, 'read', [{ ...place, id: channelId }]);
  return refused.length > 0 ? findWait() : null;
}
