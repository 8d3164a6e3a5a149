import { readClock } from '#server/platform/clock/index.ts';
import { refuse } from '#server/platform/context/index.ts';
import type { Tx } from '#server/platform/db/index.ts';
import { readPlanned } from './read-planned.ts';

/** A wall-clock time this far past still counts as now: forms are slower than clocks. */
const PAST_TOLERANCE_MS = 60_000;

/** Refuses a time that is over: what is scheduled for it would go out at once. */
export async function refusePast(
  tx: Tx,
  planned: { local: string; zone: string },
  field = 'plannedFor',
): Promise<void> {
  const when = readPlanned(planned, field);
  const now = await readClock(tx);
  if (when.at.getTime() < now.getTime() - PAST_TOLERANCE_MS) refuse('time-in-past', { params: { ...planned } });
}
