import type { publishing } from '#contract/deliveries.ts';
import { getWorkspace } from '#server/features/team/index.ts';
import { readClock } from '#server/platform/clock/index.ts';
import type { Verb } from '#server/platform/context/index.ts';
import { daySpans, localDateBefore } from './day-reckoning.rules.ts';
import { countDays } from './day-store.ts';

const DEFAULT_DAYS = 31;
const MOST_DAYS = 366;

/**
 * What became of what was due, as the ledger says it now, by local day of the workspace; the last month unless dates are
 * given, a year at most. Days on which nothing was due are left out.
 */
export const listDays: Verb<typeof publishing.days> = (context, { workspaceId, from, to }) =>
  context.inWorkspace(async (tx) => {
    const { zone } = await getWorkspace(tx, workspaceId);
    const last = to ?? localDateBefore(await readClock(tx), zone, 0);
    const first =
      from ??
      Temporal.PlainDate.from(last)
        .subtract({ days: DEFAULT_DAYS - 1 })
        .toString();
    const days = await countDays(tx, daySpans(first, last, zone, MOST_DAYS));
    return { items: days.filter((day) => day.due > 0) };
  });
