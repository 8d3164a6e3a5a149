import { listClosedScopes } from '#server/features/channels/index.ts';
import { readMotion } from '#server/features/publishing/index.ts';
import { readClock } from '#server/platform/clock/index.ts';
import type { House } from '#server/platform/context/index.ts';
import { readMailStanding } from '#server/platform/mail/index.ts';
import type { Figures } from '#server/platform/metrics/index.ts';
import {
  countDeliveries,
  countWaitingFacts,
  listLateness,
  listStartLateness,
  readJobStanding,
} from './operator-store.ts';

/** The figures of the whole installation; `since` is when they were read the last time, and null the first time. */
export async function readFigures(house: House, since: Date | null): Promise<Figures> {
  const { db } = house;
  const overAll = await db.across(async (tx) => {
    const at = await readClock(tx);
    return {
      at,
      deliveries: await countDeliveries(tx),
      factsWaiting: await countWaitingFacts(tx),
      lateness: since ? await listLateness(tx, since, at) : [],
      startLateness: since ? await listStartLateness(tx, since, at) : [],
    };
  });
  const standing = await db.outside(async (tx) => ({
    jobs: await readJobStanding(tx),
    mail: await readMailStanding(tx),
    limits: await listClosedScopes(tx),
  }));
  const health = await db.outside(readMotion);
  return {
    ...overAll,
    jobs: standing.jobs,
    limitsHeld: standing.limits,
    mailsWaiting: standing.mail.waiting,
    mailsGivenUp: standing.mail.givenUp,
    overdue: health.overdue,
    oldestOverdueSeconds: health.oldestOverdueSeconds ?? 0,
    workers: health.workers,
  };
}
