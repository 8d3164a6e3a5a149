import { metrics } from '#contract/metrics.ts';
import type { Goal } from '#contract/strategy.ts';
import { findChannels, type KnownChannel } from '#server/features/channels/index.ts';
import { listPublished, type PublishedPart } from '#server/features/publishing/index.ts';
import { shiftDay, startOfDay } from '#server/features/strategy/index.ts';
import type { House } from '#server/platform/context/index.ts';
import type { Tx } from '#server/platform/db/index.ts';
import { listMeasuredChannels } from './plan-store.ts';

/** What a goal's figure is made of: a delivery with its parts, or a channel as a whole. */
export interface Subject {
  /** The delivery's id, or the channel's. */
  key: string;
  channel: KnownChannel;
  /** Published parts in order; null for a channel as a whole. */
  parts: PublishedPart[] | null;
  /** Whose figures are kept: the parts, or the channel. */
  figureIds: string[];
}

const PAGE = 1_000;

/**
 * Finds what is in a goal's scope. Posts: those published from its first day through its deadline, that serve it (or
 * all of them), on its channels, in its languages. Channels: those it names, else all that are looked at. Ids of
 * channels that are not in this workspace have no effect.
 */
export async function findSubjects(
  house: House,
  tx: Tx,
  { goal, zone }: { goal: Goal; zone: string },
): Promise<Subject[]> {
  const { scope } = goal;
  if (metrics[goal.metric].kind !== 'sum-by-post') {
    const ids = scope.channelIds ?? (await listMeasuredChannels(tx));
    const channels = await findChannels(house, tx, ids);
    return channels.map((channel) => ({ key: channel.id, channel, parts: null, figureIds: [channel.id] }));
  }
  const filter = {
    ...(scope.posts === 'serving' && { servingGoalIds: [goal.id] }),
    ...(scope.channelIds && { channelIds: scope.channelIds }),
    ...(scope.languages && { languages: scope.languages.map(primaryTag) }),
    publishedFrom: startOfDay(goal.startsOn, zone),
    publishedTo: startOfDay(shiftDay(goal.deadlineOn, 1), zone),
  };
  const parts: PublishedPart[] = [];
  for (let after: PublishedPart | null = null; ; ) {
    const page: PublishedPart[] = await listPublished(tx, { ...filter, after, limit: PAGE });
    parts.push(...page);
    after = page.at(-1) ?? null;
    if (page.length < PAGE) break;
  }
  return groupParts(house, tx, parts);
}

/** Parts as the deliveries they belong to, in the order in which the deliveries first appear. */
export async function groupParts(house: House, tx: Tx, parts: readonly PublishedPart[]): Promise<Subject[]> {
  const channels = await findChannels(house, tx, [...new Set(parts.map((part) => part.channelId))]);
  const byId = new Map(channels.map((channel) => [channel.id, channel]));
  return [...Map.groupBy(parts, (part) => part.groupId)].flatMap(([key, ofOne]) => {
    const channel = byId.get(ofOne[0]?.channelId ?? '');
    const ordered = ofOne.toSorted((a, b) => a.position - b.position);
    return channel ? [{ key, channel, parts: ordered, figureIds: ordered.map((part) => part.deliveryId) }] : [];
  });
}

const primaryTag = (tag: string): string => (tag.split('-')[0] ?? tag).toLowerCase();
