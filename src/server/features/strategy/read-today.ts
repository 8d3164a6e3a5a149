import { getZone } from '#server/features/team/index.ts';
import { readClock } from '#server/platform/clock/index.ts';
import type { Tx } from '#server/platform/db/index.ts';
import { dayOf } from './local-days.rules.ts';

/** Today by the house's clock in the workspace's zone. */
export async function readToday(tx: Tx): Promise<string> {
  return dayOf(await readClock(tx), await getZone(tx));
}
