import type { Figure } from '#contract/analytics.ts';
import { engagementParts, type MetricId } from '#contract/metrics.ts';
import type { KnownChannel } from '#server/features/channels/index.ts';
import { combineStands, componentsOf, type Stand } from './figures.rules.ts';
import type { Subject } from './find-subjects.ts';
import type { FigureRow } from './tables.ts';

/** Figures by what they are of. */
export type FigureBook = ReadonlyMap<string, FigureRow>;

export const bookOf = (rows: readonly FigureRow[]): FigureBook =>
  new Map(rows.map((row) => [`${row.subject_id} ${row.metric}`, row]));

/** How one metric of a subject stands over all its parts and the metric's components. */
export function standOf(subject: Subject, metric: MetricId, book: FigureBook): Stand {
  if (metric === 'posts-published') {
    return { value: 1, valueAt: subject.parts?.[0]?.publishedAt ?? null, absence: null };
  }
  const offered = new Set(offeredBy(subject));
  return combineStands(
    componentsOf(metric).map((component) => {
      const rows = subject.figureIds.flatMap((id) => book.get(`${id} ${component}`) ?? []);
      if (rows.length === 0) {
        return { value: null, valueAt: null, absence: offered.has(component) ? 'not-fetched' : 'not-offered' };
      }
      return combineStands(rows.map((row) => ({ value: row.value, valueAt: row.value_at, absence: row.absence })));
    }),
  );
}

/** Every figure the network gives for a subject, engagement last where it has any part of it. */
export function presentFigures(subject: Subject, book: FigureBook): Figure[] {
  const offered = offeredBy(subject);
  const shown: MetricId[] = subject.parts && offered.some(isEngagementPart) ? [...offered, 'engagement'] : offered;
  return shown.map((metric) => presentFigure(subject, metric, book));
}

/** One figure with its source and what the source calls it. */
export function presentFigure(subject: Subject, metric: MetricId, book: FigureBook): Figure {
  const { value, valueAt, absence } = standOf(subject, metric, book);
  return {
    metric,
    value,
    fetchedAt: valueAt?.toISOString() ?? null,
    source: subject.channel.network,
    theirName: theirNameOf(subject.channel, metric),
    absence,
  };
}

/** What the network measures of a subject, in the manifest's order. */
function offeredBy(subject: Subject): MetricId[] {
  const of = subject.parts ? 'post' : 'account';
  return (subject.channel.manifest?.metrics ?? []).filter((m) => m.of === of).map((m) => m.metric);
}

const isEngagementPart = (metric: MetricId): boolean => (engagementParts as readonly MetricId[]).includes(metric);

function theirNameOf(channel: KnownChannel, metric: MetricId): string {
  if (metric === 'posts-published') return 'published';
  const names = (channel.manifest?.metrics ?? [])
    .filter((m) => componentsOf(metric).includes(m.metric))
    .map((m) => m.theirName);
  return names.join(' + ');
}
