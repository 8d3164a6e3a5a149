import { z } from 'zod';
import type { analytics, EvidenceItem } from '#contract/analytics.ts';
import { cutPage, readCursor, type Verb } from '#server/platform/context/index.ts';
import type { Subject } from './find-subjects.ts';
import { type Measure, measureGoal } from './measure-goal.ts';
import { presentFigure, presentFigures } from './present-figures.ts';

type Item = z.input<typeof EvidenceItem>;
/** Contribution (nothing known sorts last) and key of the last item given. */
const Place = z.tuple([z.number(), z.string()]);
const unknown = -Number.MAX_VALUE;

/**
 * What a goal's figure is made of, the largest contribution first. The contributions add up to the goal's value, or to
 * what it was at the end of the day asked for; posts that were not out by then are left out.
 */
export const listEvidence: Verb<typeof analytics.evidence> = async (context, { goalId, on, cursor, limit }) => {
  const after = readCursor(cursor, Place);
  const measure = await context.inWorkspace((tx) => measureGoal(context.house, tx, goalId, { on }));
  const placeOf = (subject: Subject) => [measure.woven.contributions.get(subject.key) ?? unknown, subject.key] as const;
  const rest = measure.subjects
    .filter(({ key, parts }) => on === undefined || parts === null || measure.woven.contributions.has(key))
    .toSorted((a, b) => comparePlaces(placeOf(a), placeOf(b)))
    .filter((subject) => after === null || comparePlaces(after, placeOf(subject)) < 0);
  return cutPage(rest.slice(0, limit + 1), limit, placeOf, (subject) => presentItem(measure, subject));
};

function comparePlaces(a: readonly [number, string], b: readonly [number, string]): number {
  if (a[0] !== b[0]) return b[0] - a[0];
  return a[1] < b[1] ? -1 : a[1] > b[1] ? 1 : 0;
}

function presentItem({ goal, book, woven }: Measure, subject: Subject): Item {
  const first = subject.parts?.[0];
  const figures = presentFigures(subject, book);
  if (!figures.some((figure) => figure.metric === goal.metric))
    figures.unshift(presentFigure(subject, goal.metric, book));
  return {
    kind: subject.parts ? 'delivery' : 'channel',
    deliveryId: subject.parts ? subject.key : null,
    postId: first?.postId ?? null,
    channelId: subject.channel.id,
    network: subject.channel.network,
    excerpt: first?.excerpt ?? subject.channel.name,
    address: first ? first.address : subject.channel.address,
    publishedAt: first?.publishedAt.toISOString() ?? null,
    removedAt: first?.removedAt?.toISOString() ?? null,
    contributed: woven.contributions.get(subject.key) ?? null,
    figures,
  };
}
