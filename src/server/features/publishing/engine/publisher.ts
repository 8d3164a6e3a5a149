import { pruneBuckets } from '#server/features/channels/index.ts';
import type { House } from '#server/platform/context/index.ts';
import { limitAtOnce } from '#server/platform/jobs/index.ts';
import { RENEW_MS } from '../delivery-states.rules.ts';
import { watchClock } from './clock-watch.ts';
import { type CrashAt, neverCrash } from './crash-points.ts';
import { openDesk } from './desk.ts';
import { type Claim, detectOverdue, renewLeases } from './ledger-store.ts';
import { lookForDelivery } from './look-for-delivery.ts';
import { publishClaimed } from './publish-claimed.ts';
import { createPulse } from './pulse.ts';
import { returnUnused, takeWork } from './take-work.ts';

/** Sends of this worker under way at once, over all channels, unless the operator says otherwise. */
const SENDS_AT_ONCE = 64;
/** Looks of one round at what is open. */
const LOOKS_AT_ONCE = 100;
/** Longest sleep: notices can be lost, clocks can jump. */
const LONGEST_SLEEP_MS = 5_000;
/** Between two rounds while twice as many are under way as can be sent: what becomes free meanwhile is filled together. */
const BUSY_GAP_MS = 500;
/** What time has done to the ledger is looked after at most this often. */
const SWEEP_MS = 1_000;
/** A workspace may claim this many in a round however many others wait. */
const LEAST_TURN = 4;
const DETECT_MS = 15_000;
/** A worker whose rounds have not ended for this long shows no sign of life: it works no more. */
const STUCK_MS = 30_000;
const DRAIN_MS = 25_000;

export interface Publisher {
  /** Whether more waits to be sent than is sent at once. */
  isBusy(): boolean;
  /** Claims nothing more, lets what is under way settle, and stops. */
  stop(): Promise<void>;
}

export interface PublisherOptions {
  crashAt?: CrashAt;
  sendsAtOnce?: number;
}

/**
 * The worker of the ledger: shows itself from its first round on, sleeps until the next due time by the database's clock, wakes at once on a notice, renews
 * the leases of what it holds, and runs the detector. Any number of them may run on one database. It claims up to four times
 * as many as it sends at once, so that the next ones are prepared while the network answers.
 */
export async function startPublisher(
  house: House,
  { crashAt = neverCrash, sendsAtOnce = SENDS_AT_ONCE }: PublisherOptions = {},
): Promise<Publisher> {
  const context = { house, log: house.log.child({ part: 'publisher' }) };
  const desk = openDesk(house);
  const clock = watchClock();
  const limitSends = limitAtOnce(sendsAtOnce);
  const held = new Map<string, Claim>();
  const underWay = new Set<Promise<void>>();
  let stopped = false;
  let sleeping: NodeJS.Timeout | undefined;
  let round: Promise<void> | null = null;
  let again = false;
  const pulse = createPulse(house, clock);
  let roundedAt = Number.NEGATIVE_INFINITY;
  let sweptAt = Number.NEGATIVE_INFINITY;
  let roundAt = Number.NEGATIVE_INFINITY;
  let workspacesLast = 1;

  const isBusy = () => underWay.size > sendsAtOnce;
  const run = (work: Promise<void>, claim: Claim) => {
    const settled = work.catch((error) =>
      context.log.error({ err: error, deliveryId: claim.id }, 'a delivery was left to the sweep'),
    );
    const tracked = settled.finally(() => {
      underWay.delete(tracked);
      letGo(claim);
      if (!stopped) wake();
    });
    underWay.add(tracked);
  };
  // Only this very claim: the same delivery may have been claimed anew meanwhile.
  const letGo = (claim: Claim) => {
    if (held.get(claim.id) === claim) held.delete(claim.id);
  };

  /** One round; returns how long to sleep, or null for as long as allowed. */
  const oneRound = async (): Promise<number | null> => {
    const room = Math.max(0, 4 * sendsAtOnce - underWay.size);
    const perWorkspace = Math.max(LEAST_TURN, Math.ceil(room / workspacesLast));
    const sweeps = performance.now() - sweptAt >= SWEEP_MS;
    if (sweeps) sweptAt = performance.now();
    const busy = isBusy();
    await returnUnused(house, desk);
    const work = await takeWork(house, {
      room,
      perWorkspace,
      asksNext: !busy,
      looks: sweeps ? LOOKS_AT_ONCE : null,
    });
    const { claims, looks, swept, heldBack, msToNext } = work;
    if (Object.values(swept).some((count) => count > 0)) context.log.warn(swept, 'the sweep changed the ledger');
    if (heldBack > 0)
      context.log.warn({ count: heldBack }, 'the database has a new history: what was due is held for a decision');
    for (const claim of claims) {
      held.set(claim.id, claim);
      const hold = { isMine: () => held.get(claim.id) === claim };
      run(publishClaimed(context, claim, { hold, crashAt, desk, limitSends }), claim);
    }
    for (const claim of looks) run(lookForDelivery(context, claim, { crashAt, clock }), claim);
    if (claims.length > 0) workspacesLast = new Set(claims.map((claim) => claim.workspaceId)).size;
    // What is due and cannot be claimed waits for a channel (which tells) or for the next sweep.
    return busy || (msToNext !== null && msToNext <= 0 && claims.length === 0) ? SWEEP_MS : msToNext;
  };

  const wake = () => {
    if (stopped) return;
    if (round) {
      again = true;
      return;
    }
    clearTimeout(sleeping);
    const gap = roundAt + BUSY_GAP_MS - performance.now();
    if (gap > 0 && underWay.size > 2 * sendsAtOnce) {
      sleeping = setTimeout(wake, gap);
      return;
    }
    roundAt = performance.now();
    round = oneRound()
      .then(
        (msToNext) => {
          const isFirst = roundedAt === Number.NEGATIVE_INFINITY;
          roundedAt = performance.now();
          if (isFirst) quietly(pulse.beat)();
          sleep(msToNext);
        },
        (error) => {
          context.log.warn({ err: error }, 'the ledger was not reached; it is tried again');
          sleep(1_000);
        },
      )
      .finally(() => {
        round = null;
        if (again) {
          again = false;
          wake();
        }
      });
  };
  const sleep = (msToNext: number | null) => {
    if (stopped) return;
    clearTimeout(sleeping);
    sleeping = setTimeout(wake, Math.min(LONGEST_SLEEP_MS, Math.max(1, Math.ceil(msToNext ?? LONGEST_SLEEP_MS))));
  };

  const renew = async () => {
    const claims = [...held.values()];
    const lost = await house.db.across((tx) => renewLeases(tx, claims));
    for (const claim of claims) if (lost.has(claim.id)) letGo(claim);
  };
  const quietly = (work: () => Promise<unknown>) => () =>
    void work().catch((error) => context.log.warn({ err: error }, 'publisher'));

  const unlisten = await house.db.listen('delivery', wake);
  const renewing = setInterval(() => {
    if (held.size > 0) quietly(renew)();
  }, RENEW_MS);
  const detecting = setInterval(
    quietly(async () => {
      if (performance.now() - roundedAt < STUCK_MS) await pulse.beat();
      const { overdue, oldestOverdueAt } = await house.db.across(detectOverdue);
      await house.db.across(pruneBuckets);
      if (overdue > 0) context.log.error({ overdue, oldestOverdueAt }, 'posts are due and not moving');
    }),
    DETECT_MS,
  );
  quietly(() => house.db.across(detectOverdue))();
  wake();

  return {
    isBusy,
    async stop() {
      stopped = true;
      clearTimeout(sleeping);
      await unlisten();
      await round;
      await Promise.race([Promise.all(underWay), new Promise((resolve) => setTimeout(resolve, DRAIN_MS).unref())]);
      clearInterval(renewing);
      clearInterval(detecting);
      await pulse.end();
    },
  };
}
