import type { z } from 'zod';
import type { Absence } from '#contract/analytics.ts';
import { engagementParts, type MetricId } from '#contract/metrics.ts';

type Gap = z.infer<typeof Absence>;

/** How one figure of one part (or channel) stands, whoever keeps it. */
export interface Stand {
  value: number | null;
  valueAt: Date | null;
  absence: Gap | null;
}

/** The metrics of which another one is the sum; itself for any that is measured as it is. */
export function componentsOf(metric: MetricId): readonly MetricId[] {
  return metric === 'engagement' ? engagementParts : [metric];
}

/** The most serious first: what is wrong, then what was never there. */
const severity: readonly Gap[] = ['failed', 'no-permission', 'gone', 'not-fetched', 'not-offered'];

/**
 * One figure out of several (the parts of a thread, or the components of engagement): the sum of what is known, as old
 * as its oldest, with the most serious absence. Null, not zero, when nothing is known. What a network does not offer is
 * an absence only when it offers none of them.
 */
export function combineStands(stands: readonly Stand[]): Stand {
  const known = stands.filter((stand) => stand.value !== null);
  const offered = stands.filter((stand) => stand.absence !== 'not-offered');
  const absences = new Set((offered.length > 0 ? offered : stands).map((stand) => stand.absence));
  const dates = known.flatMap((stand) => stand.valueAt ?? []);
  return {
    value: known.length === 0 ? null : known.reduce((sum, stand) => sum + (stand.value ?? 0), 0),
    valueAt: dates.length === 0 ? null : new Date(Math.min(...dates.map((date) => date.getTime()))),
    absence: stands.length === 0 ? 'not-fetched' : (severity.find((code) => absences.has(code)) ?? null),
  };
}
