import { dayOf, shiftDay } from '#server/features/strategy/index.ts';
import { readClock } from '#server/platform/clock/index.ts';
import type { House } from '#server/platform/context/index.ts';
import { tellFact } from '#server/platform/facts/index.ts';
import type { JobDefinition } from '#server/platform/jobs/index.ts';
import { addsUp } from './day-reckoning.rules.ts';
import { daySpans } from './day-spans.ts';
import { countDays, insertDay, listReckoned, listWorkspacesWithDue } from './day-store.ts';

/** Days that are caught up on when nothing ran for a while. */
const DAYS_BACK = 3;
const DAY_MS = 24 * 60 * 60_000;

/** Every hour, because days end at different hours: reckons the days that are over, see `reckonDays`. */
export const reckonDaysJob: JobDefinition = {
  name: 'publishing.reckon-days',
  cron: '7 * * * *',
  unique: true,
  run: ({ house }) => reckonDays(house),
};

/**
 * Reckons each local day that is over and was not reckoned yet: so many were due, and this became of them. Told as
 * `publishing.day-reckoned`, once a day. Deliveries that are due and nowhere are a bug: logged, and looked at again.
 */
async function reckonDays(house: House): Promise<void> {
  const now = await house.db.outside(readClock);
  const since = new Date(now.getTime() - (DAYS_BACK + 2) * DAY_MS);
  const { workspaces, reckoned } = await house.db.across(async (tx) => ({
    workspaces: await listWorkspacesWithDue(tx, since),
    reckoned: await listReckoned(tx, shiftDay(dayOf(since, 'UTC'), -1)),
  }));
  for (const { id, zone } of workspaces) {
    const today = dayOf(now, zone);
    const open = daySpans(shiftDay(today, -DAYS_BACK), shiftDay(today, -1), zone, DAYS_BACK).filter(
      (day) => !reckoned.has(`${id} ${day.on}`),
    );
    if (open.length === 0) continue;
    await house.db.inWorkspace(id, async (tx) => {
      for (const day of await countDays(tx, open)) {
        if (!addsUp(day))
          house.log.error({ workspaceId: id, ...day }, 'deliveries of a day are missing from its reckoning');
        else if (day.due > 0 && (await insertDay(tx, id, day)))
          await tellFact(tx, { workspaceId: id, kind: 'publishing.day-reckoned', payload: { ...day } });
      }
    });
  }
}
