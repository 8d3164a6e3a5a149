import type { deliveries } from '#contract/deliveries.ts';
import { cutPage, InstantAndId, readCursor, refuse, type Verb } from '#server/platform/context/index.ts';
import { findParts, listLedger, listParts } from '../delivery-store.ts';
import { presentDeliveries, presentDelivery } from '../present-delivery.ts';

/** The ledger, latest due first, each delivery with its parts. */
export const listDeliveries: Verb<typeof deliveries.list> = async (
  context,
  { show, state, channelId, from, to, cursor, limit },
) => {
  const after = readCursor(cursor, InstantAndId);
  return context.inWorkspace(async (tx) => {
    const rows = await listLedger(tx, {
      show,
      ...(state === undefined ? {} : { state }),
      ...(channelId === undefined ? {} : { channelId }),
      ...(from === undefined ? {} : { from: new Date(from) }),
      ...(to === undefined ? {} : { to: new Date(to) }),
      after: after && { at: after[0], id: after[1] },
      limit,
    });
    const page = cutPage(
      rows,
      limit,
      (row) => [row.due_at, row.id],
      (row) => row.group_id,
    );
    const all = presentDeliveries(await listParts(tx, page.items), context.house.connectors);
    const byId = new Map(all.map((delivery) => [delivery.id, delivery]));
    return { ...page, items: page.items.map((id) => byId.get(id)).filter((d) => d !== undefined) };
  });
};

/** One delivery with its parts. */
export const getDelivery: Verb<typeof deliveries.get> = async (context, { deliveryId }) =>
  presentDelivery(await context.inWorkspace((tx) => findParts(tx, deliveryId)), context.house.connectors) ??
  refuse('not-found');
