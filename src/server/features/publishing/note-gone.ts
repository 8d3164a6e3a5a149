import type { Tx } from '#server/platform/db/index.ts';
import { tellFacts } from '#server/platform/facts/index.ts';
import { markGone } from './gone-store.ts';

/**
 * Notes that the network no longer has these parts, though nobody took them down here. Told as `delivery.gone`, each part
 * once; those that were known to be gone, or were taken down, are left as they are.
 */
export async function noteGone(tx: Tx, partIds: readonly string[]): Promise<void> {
  if (partIds.length === 0) return;
  const gone = await markGone(tx, partIds);
  await tellFacts(
    tx,
    gone.map(({ workspaceId, ...payload }) => ({ workspaceId, kind: 'delivery.gone', payload })),
  );
}
