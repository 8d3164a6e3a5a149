import type { z } from 'zod';
import type { analytics, PageCounts } from '#contract/analytics.ts';
import { type Counted, findPage, listCounted } from '#server/features/page/index.ts';
import { hasDelivery, listPublished } from '#server/features/publishing/index.ts';
import { dayOf, shiftDay } from '#server/features/strategy/index.ts';
import { getZone } from '#server/features/team/index.ts';
import { readClock } from '#server/platform/clock/index.ts';
import { refuse, type Verb } from '#server/platform/context/index.ts';
import type { Tx } from '#server/platform/db/index.ts';

type Entry = z.input<typeof PageCounts>['entries'][number];

const DEFAULT_DAYS = 28;
const MOST_DAYS = 366;
const MOST_ENTRIES = 100;
const MOST_LINKS = 50;

/**
 * What was counted on the own page: one sum, told by day, by post and by link, so that each of the three adds up to it.
 * At most a year; days before the page was opened, and days to come, are left out.
 */
export const countPage: Verb<typeof analytics.pageCounts> = (context, { from, to, deliveryId }) =>
  context.inWorkspace(async (tx) => {
    const page = (await findPage(tx)) ?? refuse('not-found');
    const keys = deliveryId === undefined ? null : await findKeys(tx, deliveryId);
    const zone = await getZone(tx);
    const now = await readClock(tx);
    const today = dayOf(now, zone);
    const countedSince = dayOf(page.created_at, zone);
    const last = earlier(to ?? today, today);
    const first = earlier(from ?? shiftDay(last, 1 - DEFAULT_DAYS), last);
    const start = later(first, shiftDay(last, 1 - MOST_DAYS));
    const counted = await listCounted(tx, page.id, { from: start, to: last, keys });
    const entries = await nameEntries(tx, page.id, counted);
    return {
      from: start,
      to: last,
      countedSince,
      asOf: now.toISOString(),
      ...sumOf(counted),
      days: sumDays(counted, later(start, countedSince), last),
      entries: entries.slice(0, MOST_ENTRIES),
      moreEntries: Math.max(0, entries.length - MOST_ENTRIES),
      links: sumLinks(counted).slice(0, MOST_LINKS),
    };
  });

const earlier = (a: string, b: string): string => [a, b].toSorted()[0] ?? a;
const later = (a: string, b: string): string => [a, b].toSorted()[1] ?? a;

/** What the page calls the parts of a delivery: the ids it gave when they were published. */
async function findKeys(tx: Tx, deliveryId: string): Promise<string[]> {
  if (!(await hasDelivery(tx, deliveryId))) refuse('not-found');
  return (await listPublished(tx, { groupIds: [deliveryId] })).flatMap((part) => part.remoteId ?? []);
}

const sumOf = (counted: readonly Counted[]) => ({
  views: counted.reduce((sum, it) => sum + it.views, 0),
  clicks: counted.reduce((sum, it) => sum + it.clicks, 0),
});

function sumDays(counted: readonly Counted[], from: string, to: string) {
  const byDay = Map.groupBy(counted, (it) => it.on);
  const days = [];
  for (let on = to; on >= from; on = shiftDay(on, -1)) days.push({ on, ...sumOf(byDay.get(on) ?? []) });
  return days;
}

/** What was counted per post: the parts of a thread together, what belongs to no delivery as the page itself. */
async function nameEntries(tx: Tx, pageId: string, counted: readonly Counted[]): Promise<Entry[]> {
  const remoteIds = [...new Set(counted.map((it) => it.entryKey))].filter((key) => key !== '');
  const parts = remoteIds.length === 0 ? [] : await listPublished(tx, { channelIds: [pageId], remoteIds });
  const groups = new Map(parts.map((part) => [part.remoteId ?? '', part.groupId]));
  const excerpts = new Map(
    parts.toSorted((a, b) => b.position - a.position).map((part) => [part.groupId, part.excerpt]),
  );
  return [...Map.groupBy(counted, (it) => groups.get(it.entryKey) ?? null)]
    .map(([deliveryId, of]) => ({
      deliveryId,
      excerpt: deliveryId === null ? '' : (excerpts.get(deliveryId) ?? ''),
      ...sumOf(of),
    }))
    .toSorted((a, b) => b.views + b.clicks - (a.views + a.clicks));
}

const sumLinks = (counted: readonly Counted[]) =>
  [...Map.groupBy(counted, (it) => it.url)]
    .flatMap(([url, of]) => (url === null ? [] : [{ url, clicks: sumOf(of).clicks }]))
    .toSorted((a, b) => b.clicks - a.clicks);
