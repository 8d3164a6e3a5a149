import type { publishing } from '#contract/publishing.ts';
import { dayOf, shiftDay } from '#server/features/strategy/index.ts';
import { getZone } from '#server/features/team/index.ts';
import { readClock } from '#server/platform/clock/index.ts';
import type { Verb } from '#server/platform/context/index.ts';
import { daySpans } from './day-spans.ts';
import { countDays } from './day-store.ts';

const DEFAULT_DAYS = 31;
const MOST_DAYS = 366;

/**
 * What became of what was due, as the ledger says it now, by local day of the workspace; the last month unless dates are
 * given, a year at most. Days on which nothing was due are left out.
 */
export const listDays: Verb<typeof publishing.days> = (context, { from, to }) =>
  context.inWorkspace(async (tx) => {
    const zone = await getZone(tx);
    const last = to ?? dayOf(await readClock(tx), zone);
    const first = from ?? shiftDay(last, 1 - DEFAULT_DAYS);
    const days = await countDays(tx, daySpans(first, last, zone, MOST_DAYS));
    return { items: days.filter((day) => day.due > 0) };
  });
