import type { publishing } from '#contract/publishing.ts';
import { readClock } from '#server/platform/clock/index.ts';
import { refuseField, type Verb } from '#server/platform/context/index.ts';
import {
  countStatus,
  countWaiting,
  findLongestHold,
  listCounted,
  listWaitingFor,
  type StatusDeliveryRow,
  type StatusRow,
  type Window,
} from './status-store.ts';

const DAY_MS = 24 * 60 * 60_000;
/** Deliveries that a number opens at once. */
const MOST_LISTED = 200;

/** How publishing did in the last days and what waits now, counted from the ledger in this moment. */
export const getPublishingStatus: Verb<typeof publishing.status> = (context, { days }) =>
  context.inWorkspace(async (tx) => {
    const window = windowOf(await readClock(tx), days);
    const [all, ...channels] = await countStatus(tx, window);
    if (!all) throw new Error('the ledger did not answer');
    const hold = await findLongestHold(tx);
    return {
      from: window.from.toISOString(),
      to: window.to.toISOString(),
      ...presentCounts(all),
      channels: channels.map((row) => ({ channelId: row.channelId ?? '', ...presentCounts(row) })),
      waiting: await countWaiting(tx),
      longestHold: hold && { ...hold, since: hold.since.toISOString() },
    };
  });

/** The deliveries behind one number of it. */
export const listStatusDeliveries: Verb<typeof publishing.statusDeliveries> = (
  context,
  { days, count, waits, channelId = null },
) =>
  context.inWorkspace(async (tx) => {
    const limit = MOST_LISTED;
    if (waits !== undefined) return presentList(await listWaitingFor(tx, { reason: waits, channelId, limit }));
    if (count === undefined) refuseField('count', 'required');
    return presentList(await listCounted(tx, windowOf(await readClock(tx), days), { count, channelId, limit }));
  });

const windowOf = (to: Date, days: number): Window => ({ from: new Date(to.getTime() - days * DAY_MS), to });

function presentCounts({ due, counts, percentiles }: StatusRow) {
  const [p50Ms = null, p90Ms = null, p99Ms = null, maxMs = null] = percentiles ?? [];
  return { due, counts, lateness: { p50Ms, p90Ms, p99Ms, maxMs } };
}

const presentList = ({ total, items }: { total: number; items: StatusDeliveryRow[] }) => ({
  total,
  items: items.map((it) => ({ ...it, dueAt: it.dueAt.toISOString(), sentAt: it.sentAt?.toISOString() ?? null })),
});
