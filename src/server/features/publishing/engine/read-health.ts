import type { publishing } from '#contract/deliveries.ts';
import type { House, Verb } from '#server/platform/context/index.ts';
import { readPulse, readStanding } from './pulse-store.ts';

const DETECTOR_LATE_MS = 60_000;

/** What `GET /health` says of the whole installation. `ok` is false when posts are not moving or nobody would see it. */
export interface Health {
  ok: boolean;
  database: 'reached' | 'not-reached';
  workers: number;
  overdue: number;
  oldestOverdueSeconds: number | null;
  detectorAgeSeconds: number | null;
}

/** Asks the database; never throws, and never says fine when it could not ask. */
export async function readHealth(house: Pick<House, 'db' | 'log'>): Promise<Health> {
  try {
    const pulse = await house.db.outside(readPulse);
    const detectorAgeMs = pulse.now.getTime() - pulse.detectedAt.getTime();
    return {
      ok: pulse.workers > 0 && pulse.overdue === 0 && detectorAgeMs < DETECTOR_LATE_MS,
      database: 'reached',
      workers: pulse.workers,
      overdue: pulse.overdue,
      oldestOverdueSeconds: pulse.oldestOverdueAt
        ? Math.round((pulse.now.getTime() - pulse.oldestOverdueAt.getTime()) / 1000)
        : null,
      detectorAgeSeconds: Math.round(detectorAgeMs / 1000),
    };
  } catch (error) {
    house.log.warn({ err: error }, 'health could not ask the database');
    return {
      ok: false,
      database: 'not-reached',
      workers: 0,
      overdue: 0,
      oldestOverdueSeconds: null,
      detectorAgeSeconds: null,
    };
  }
}

/** The workspace's own standing, for the banner. */
export const getPublishingHealth: Verb<typeof publishing.health> = async (context) => {
  const { pulse, standing } = await context.inWorkspace(async (tx) => ({
    pulse: await readPulse(tx),
    standing: await readStanding(tx),
  }));
  const stopped = pulse.workers === 0 || pulse.now.getTime() - pulse.detectedAt.getTime() > DETECTOR_LATE_MS;
  return {
    state: stopped ? 'stopped' : standing.overdue > 0 ? 'behind' : 'fine',
    overdue: standing.overdue,
    oldestOverdueAt: standing.oldestOverdueAt?.toISOString() ?? null,
    needsDecision: standing.needsDecision,
    checkedAt: pulse.now.toISOString(),
  };
};
