import { z } from 'zod';
import type { analytics } from '#contract/analytics.ts';
import { hasDelivery, listPublished } from '#server/features/publishing/index.ts';
import { cutPage, readCursor, refuse, type Verb } from '#server/platform/context/index.ts';
import { listEngagementRows } from './engagement-store.ts';

const InstantAndRemoteId = z.tuple([z.iso.datetime().transform((text) => new Date(text)), z.string()]);

/** Who did what with one delivery, newest first; what the network no longer shows is left out. */
export const listEngagements: Verb<typeof analytics.engagements> = async (
  context,
  { deliveryId, kind, cursor, limit },
) => {
  const key = readCursor(cursor, InstantAndRemoteId);
  const after = key && { at: key[0], remoteId: key[1] };
  const { rows, network } = await context.inWorkspace(async (tx) => {
    if (!(await hasDelivery(tx, deliveryId))) refuse('not-found');
    const parts = await listPublished(tx, { groupIds: [deliveryId] });
    const partIds = parts.map((part) => part.deliveryId);
    return {
      rows: await listEngagementRows(tx, { partIds, kind: kind ?? null, after, limit }),
      network: parts[0]?.network ?? '',
    };
  });
  return cutPage(
    rows,
    limit,
    (row) => [row.sorted_at, row.remote_id],
    (row) => ({
      kind: row.kind,
      deliveryId,
      network,
      actorName: row.actor_name,
      actorHandle: row.actor_handle,
      actorAddress: row.actor_address,
      text: row.text,
      address: row.address,
      at: row.at?.toISOString() ?? null,
      fetchedAt: row.fetched_at.toISOString(),
    }),
  );
};
