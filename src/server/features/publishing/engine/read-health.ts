import type { publishing } from '#contract/publishing.ts';
import type { Verb } from '#server/platform/context/index.ts';
import type { Tx } from '#server/platform/db/index.ts';
import { type Pulse, readPulse, readStanding } from './pulse-store.ts';

const DETECTOR_LATE_MS = 60_000;

/** How publishing moves in the whole installation, as the detector saw it last. */
export interface Motion {
  /** Workers that have shown themselves of late. */
  workers: number;
  overdue: number;
  oldestOverdueSeconds: number | null;
  /** Since the detector looked; negative when the clock went back meanwhile. */
  detectorAgeMs: number;
}

export async function readMotion(tx: Tx): Promise<Motion> {
  const pulse = await readPulse(tx);
  const { workers, overdue, oldestOverdueAt } = pulse;
  return {
    workers,
    overdue,
    oldestOverdueSeconds: oldestOverdueAt ? Math.round((pulse.now.getTime() - oldestOverdueAt.getTime()) / 1000) : null,
    detectorAgeMs: ageOf(pulse),
  };
}

/** The workspace's own standing, for the banner. */
export const getPublishingHealth: Verb<typeof publishing.health> = async (context) => {
  const { pulse, standing } = await context.inWorkspace(async (tx) => ({
    pulse: await readPulse(tx),
    standing: await readStanding(tx),
  }));
  const stopped = pulse.workers === 0 || Math.abs(ageOf(pulse)) > DETECTOR_LATE_MS;
  return {
    state: stopped ? 'stopped' : standing.overdue > 0 ? 'behind' : 'fine',
    overdue: standing.overdue,
    oldestOverdueAt: standing.oldestOverdueAt?.toISOString() ?? null,
    needsDecision: standing.needsDecision,
    checkedAt: pulse.now.toISOString(),
  };
};

const ageOf = ({ now, detectedAt }: Pulse): number => now.getTime() - detectedAt.getTime();
