import { z } from 'zod';
import type { analytics, Look } from '#contract/analytics.ts';
import { findChannels } from '#server/features/channels/index.ts';
import { hasDelivery, listPublished } from '#server/features/publishing/index.ts';
import { cutPage, readCursor, refuse, type Verb } from '#server/platform/context/index.ts';
import { componentsOf } from './figures.rules.ts';
import { listLooks } from './reading-store.ts';
import type { LookRow } from './tables.ts';

/** Instant and key of the last look given. */
const Place = z.tuple([z.iso.datetime().transform((text) => new Date(text)), z.string()]);

/** Every look at one metric of a delivery, part by part; of what is a sum, at each of its components. */
export const listDeliveryLooks: Verb<typeof analytics.looks> = async (
  context,
  { deliveryId, metric, cursor, limit },
) => {
  const after = readAfter(cursor);
  return context.inWorkspace(async (tx) => {
    if (!(await hasDelivery(tx, deliveryId))) refuse('not-found');
    const parts = await listPublished(tx, { groupIds: [deliveryId] });
    const numbers = new Map(parts.map((part) => [part.deliveryId, part.position + 1]));
    const subjectIds = [...numbers.keys()];
    const rows = await listLooks(tx, { subjectIds, metrics: componentsOf(metric), after, limit });
    return cutLooks(rows, limit, numbers);
  });
};

/** The same for a channel as a whole. */
export const listChannelLooks: Verb<typeof analytics.channelLooks> = async (
  context,
  { channelId, metric, cursor, limit },
) => {
  const after = readAfter(cursor);
  return context.inWorkspace(async (tx) => {
    const [channel] = await findChannels(context.house, tx, [channelId]);
    if (!channel) refuse('not-found');
    const rows = await listLooks(tx, { subjectIds: [channelId], metrics: componentsOf(metric), after, limit });
    return cutLooks(rows, limit, new Map());
  });
};

function readAfter(cursor: string | undefined): { at: Date; key: string } | null {
  const place = readCursor(cursor, Place);
  return place && { at: place[0], key: place[1] };
}

const cutLooks = (rows: LookRow[], limit: number, numbers: ReadonlyMap<string, number>) =>
  cutPage(
    rows,
    limit,
    (row) => [row.fetched_at, row.key],
    (row): z.input<typeof Look> => ({
      at: row.fetched_at.toISOString(),
      metric: row.metric,
      value: row.value,
      absence: row.absence,
      fault: row.fault,
      part: numbers.get(row.subject_id) ?? null,
    }),
  );
