import type { HoldReason } from '#contract/deliveries.ts';
import { returnTokens, type TokensTaken, takeTokens } from '#server/features/channels/index.ts';
import type { House } from '#server/platform/context/index.ts';
import type { Tx } from '#server/platform/db/index.ts';
import { tellFacts } from '#server/platform/facts/index.ts';
import { tellChanges } from '#server/platform/live/index.ts';
import { noteDue } from '../note-due.ts';
import type { Desk } from './desk.ts';
import {
  type Claim,
  claimDue,
  type HeldPlace,
  holdForNewHistory,
  listHeldDeliveries,
  putBack,
  readHistory,
  readMsToNext,
  type Swept,
  sweepLedger,
  takeLooks,
} from './ledger-store.ts';

/** A claim with what it took of its network's limits. */
export interface PaidClaim extends Claim {
  taken?: readonly TokensTaken[];
}

/** What a worker has to do now. */
export interface Work {
  claims: PaidClaim[];
  looks: Claim[];
  swept: Swept['counts'];
  /** Deliveries held because the database has another history than the one we knew. */
  heldBack: number;
  /** Until the next thing is due, in ms; null when nothing is planned, or there is no room for it. */
  msToNext: number | null;
}

export interface Room {
  /** How many claims there is room for. */
  room: number;
  /** How many of them one workspace may have at most. */
  perWorkspace?: number;
  /** Whether it is asked when the next thing is due: not while what is under way wakes the worker anyway. */
  asksNext?: boolean;
  /** How many open outcomes may be looked at; null: the ledger is not swept this time, only claimed from. */
  looks: number | null;
}

/** Sweeps the ledger and takes what must be looked at, when asked to; then claims what is due as far as there is room. */
export async function takeWork(
  house: Pick<House, 'db' | 'log' | 'connectors'>,
  { room, perWorkspace = room, asksNext = true, looks }: Room,
): Promise<Work> {
  const { counts: swept, heldBack } = looks === null ? nothingSwept : await sweep(house);
  // Claims come last: nothing that fails or takes long stands between a claim and the work on it.
  const { heldNow, isRefused, ...taken } = await house.db.across(async (tx) => {
    const heldNow = await holdForNewHistory(tx, await readHistory(tx));
    const { claims, isRefused } = await claimWithinLimits(house, tx, { room, perWorkspace });
    const spare = Math.min(looks ?? 0, room - claims.length);
    const open = spare > 0 ? await takeLooks(tx, spare) : [];
    // Without room it is a place that becomes free which wakes the worker, not the time.
    const msToNext = asksNext && claims.length < room ? await readMsToNext(tx) : null;
    return { claims, looks: open, msToNext, heldNow, isRefused };
  });
  await tellHeld(house, heldNow, 'new-history');
  const claims = isRefused ? await claimMore(house, taken.claims, { room, perWorkspace }) : taken.claims;
  return { ...taken, claims, swept, heldBack: heldBack + heldNow.length };
}

/** Gives back what claims took of limits and did not use. By itself: buckets are locked in one order within a transaction. */
export async function returnUnused({ db }: Pick<House, 'db'>, desk: Desk): Promise<void> {
  const unused = desk.takeUnused();
  if (unused.length === 0) return;
  try {
    await db.across((tx) => returnTokens(tx, unused));
  } catch (error) {
    desk.leaveUnused(unused);
    throw error;
  }
}

/** How often what a limit left free is filled again in one round. */
const REFILLS = 2;

/**
 * Fills what is left of the room. Each time in a transaction of its own, for the order in which buckets are locked; what
 * was claimed before is kept whatever becomes of it.
 */
async function claimMore(
  house: Pick<House, 'db' | 'log' | 'connectors'>,
  first: readonly PaidClaim[],
  { room, perWorkspace }: { room: number; perWorkspace: number },
): Promise<PaidClaim[]> {
  const claims = [...first];
  try {
    for (let times = 0; times < REFILLS; times += 1) {
      const left = { room: room - claims.length, perWorkspace };
      const more = await house.db.across((tx) => claimWithinLimits(house, tx, left));
      claims.push(...more.claims);
      if (!more.isRefused) break;
    }
  } catch (error) {
    house.log.warn({ err: error }, 'no more was claimed this time');
  }
  return claims;
}

/**
 * Claims what its networks' limits have room for. A scope that turns out to be empty is closed, so that claiming once
 * more finds what comes under other limits: then `isRefused`.
 */
async function claimWithinLimits(
  house: Pick<House, 'connectors'>,
  tx: Tx,
  { room, perWorkspace }: { room: number; perWorkspace: number },
): Promise<{ claims: PaidClaim[]; isRefused: boolean }> {
  if (room <= 0) return { claims: [], isRefused: false };
  const due = await claimDue(tx, room, perWorkspace);
  const { taken, refused } = await takeTokens(house, tx, 'publish', due);
  const waits = new Set(refused);
  if (refused.length > 0) {
    await putBack(
      tx,
      due.filter(({ id }) => waits.has(id)),
    );
  }
  const claims = due
    .filter(({ id }) => !waits.has(id))
    .map(({ workspaceId, id, fence }) => ({ workspaceId, id, fence, taken: taken.get(id) ?? [] }));
  return { claims, isRefused: refused.length > 0 };
}

async function sweep(house: Pick<House, 'db' | 'log'>): Promise<{ counts: Swept['counts']; heldBack: number }> {
  const { counts, places, late, heldBack } = await house.db.across(async (tx) => {
    const heldBefore = await holdForNewHistory(tx, await readHistory(tx));
    return { ...(await sweepLedger(tx)), heldBack: heldBefore };
  });
  for (const [workspaceId, changed] of Map.groupBy(places, (it) => it.workspaceId)) {
    const channelIds = changed.map((it) => it.channelId);
    await house.db
      .inWorkspace(workspaceId, async (tx) => {
        await noteDue(tx, channelIds);
        await tellChanges(tx, workspaceId, [{ kind: 'delivery.swept', ids: {} }]);
      })
      // The register is told again with the channel's next change; posts do not wait for it.
      .catch((error) => house.log.warn({ err: error, workspaceId }, 'the register was not told what is due next'));
  }
  await tellHeld(house, heldBack, 'new-history');
  await tellHeld(house, late, 'late');
  return { counts, heldBack: heldBack.length };
}

/** Tells of what waits for a person now. The ledger says so too, whatever becomes of the telling. */
async function tellHeld(
  house: Pick<House, 'db' | 'log'>,
  parts: readonly HeldPlace[],
  reason: HoldReason,
): Promise<void> {
  for (const [workspaceId, held] of Map.groupBy(parts, (it) => it.workspaceId)) {
    await house.db
      .inWorkspace(workspaceId, async (tx) => {
        const deliveries = await listHeldDeliveries(
          tx,
          held.map((it) => it.id),
        );
        await tellFacts(
          tx,
          deliveries.map((payload) => ({ workspaceId, kind: 'delivery.held', payload: { ...payload, reason } })),
        );
      })
      .catch((error) => house.log.warn({ err: error, workspaceId }, 'nobody was told of what is held'));
  }
}

const nothingSwept: { counts: Swept['counts']; heldBack: number } = {
  counts: { leaseCount: 0, vanishedCount: 0, releasedCount: 0, heldCount: 0, lateCount: 0 },
  heldBack: 0,
};
