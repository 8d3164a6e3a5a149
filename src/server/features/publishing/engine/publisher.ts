import type { House } from '#server/platform/context/index.ts';
import { RENEW_MS } from '../delivery-states.rules.ts';
import { type CrashAt, neverCrash } from './crash-points.ts';
import {
  type Claim,
  claimDue,
  detectOverdue,
  holdForNewHistory,
  readHistory,
  readMsToNext,
  renewLeases,
  sweepLedger,
  takeLooks,
} from './ledger-store.ts';
import { lookForDelivery } from './look-for-delivery.ts';
import { publishClaimed } from './publish-claimed.ts';
import { createPulse } from './pulse.ts';

/** Sends of this worker under way at once, over all channels. */
const AT_ONCE = 64;
/** Longest sleep: notices can be lost, clocks can jump. */
const LONGEST_SLEEP_MS = 5_000;
const DETECT_MS = 15_000;
const DRAIN_MS = 25_000;

export interface Publisher {
  /** Claims nothing more, lets what is under way settle, and stops. */
  stop(): Promise<void>;
}

/**
 * The worker of the ledger: sleeps until the next due time by the database's clock, wakes at once on a notice, renews
 * the leases of what it holds, and runs the detector. Any number of them may run on one database.
 */
export async function startPublisher(
  house: House,
  { crashAt = neverCrash }: { crashAt?: CrashAt } = {},
): Promise<Publisher> {
  const context = { house, log: house.log.child({ part: 'publisher' }) };
  const held = new Map<string, Claim>();
  const underWay = new Set<Promise<void>>();
  let stopped = false;
  let sleeping: NodeJS.Timeout | undefined;
  let round: Promise<void> | null = null;
  let again = false;

  const run = (work: Promise<void>, id: string) => {
    const settled = work.catch((error) =>
      context.log.error({ err: error, deliveryId: id }, 'a delivery was left to the sweep'),
    );
    const tracked = settled.finally(() => {
      underWay.delete(tracked);
      held.delete(id);
      if (!stopped) wake();
    });
    underWay.add(tracked);
  };

  const oneRound = async () => {
    const room = AT_ONCE - underWay.size;
    const { claims, looks, msToNext } = await house.db.across(async (tx) => {
      const swept = await sweepLedger(tx);
      if (swept.leasesLost + swept.vanished + swept.late > 0) context.log.warn(swept, 'the sweep changed the ledger');
      const due = room > 0 ? await claimDue(tx, room) : [];
      const open = room > due.length ? await takeLooks(tx, Math.min(10, room - due.length)) : [];
      return { claims: due, looks: open, msToNext: await readMsToNext(tx) };
    });
    for (const claim of claims) {
      held.set(claim.id, claim);
      run(
        publishClaimed(context, claim, { hold: { isMine: () => held.get(claim.id)?.fence === claim.fence }, crashAt }),
        claim.id,
      );
    }
    for (const claim of looks) run(lookForDelivery(context, claim, { crashAt }), claim.id);
    return room > 0 ? msToNext : null;
  };

  const wake = () => {
    if (stopped) return;
    if (round) {
      again = true;
      return;
    }
    clearTimeout(sleeping);
    round = oneRound()
      .then(
        (msToNext) => sleep(msToNext),
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
    sleeping = setTimeout(wake, Math.min(LONGEST_SLEEP_MS, Math.max(5, Math.ceil(msToNext ?? LONGEST_SLEEP_MS))));
  };

  const renew = async () => {
    const lost = await house.db.across((tx) => renewLeases(tx, [...held.values()]));
    for (const id of lost) held.delete(id);
  };
  const quietly = (work: () => Promise<unknown>) => () =>
    void work().catch((error) => context.log.warn({ err: error }, 'publisher'));

  await holdIfHistoryIsNew(house);
  const pulse = createPulse(house);
  await pulse.beat();
  const unlisten = await house.db.listen('delivery', wake);
  const renewing = setInterval(() => {
    if (held.size > 0) quietly(renew)();
  }, RENEW_MS);
  const detecting = setInterval(
    quietly(async () => {
      await pulse.beat();
      const { overdue, oldestOverdueAt } = await house.db.across(detectOverdue);
      if (overdue > 0) context.log.error({ overdue, oldestOverdueAt }, 'posts are due and not moving');
    }),
    DETECT_MS,
  );
  quietly(() => house.db.across(detectOverdue))();
  wake();

  return {
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

/** A restored backup or a promoted standby may not know what went out: what was due waits for a decision. */
async function holdIfHistoryIsNew(house: House): Promise<void> {
  const heldBack = await house.db.across(async (tx) => holdForNewHistory(tx, await readHistory(tx)));
  if (heldBack > 0) house.log.warn({ heldBack }, 'the database has a new history: what was due is held for a decision');
}
