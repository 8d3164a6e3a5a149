import type { HoldReason } from '#contract/deliveries.ts';
import type { House } from '#server/platform/context/index.ts';
import { tellFacts } from '#server/platform/facts/index.ts';
import { tellChanges } from '#server/platform/live/index.ts';
import { noteDue } from '../note-due.ts';
import {
  type Claim,
  claimDue,
  type HeldPlace,
  holdForNewHistory,
  listHeldDeliveries,
  readHistory,
  readMsToNext,
  type Swept,
  sweepLedger,
  takeLooks,
} from './ledger-store.ts';

/** What a worker has to do now. */
export interface Work {
  claims: Claim[];
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
  /** How many open outcomes may be looked at; null: the ledger is not swept this time, only claimed from. */
  looks: number | null;
}

/** Sweeps the ledger and takes what must be looked at, when asked to; then claims what is due as far as there is room. */
export async function takeWork(
  house: Pick<House, 'db' | 'log'>,
  { room, perWorkspace = room, looks }: Room,
): Promise<Work> {
  const { counts: swept, heldBack } = looks === null ? nothingSwept : await sweep(house);
  // Claims come last: nothing that fails or takes long stands between a claim and the work on it.
  const { heldNow, ...taken } = await house.db.across(async (tx) => {
    const heldNow = await holdForNewHistory(tx, await readHistory(tx));
    const claims = room > 0 ? await claimDue(tx, room, perWorkspace) : [];
    const spare = Math.min(looks ?? 0, room - claims.length);
    const open = spare > 0 ? await takeLooks(tx, spare) : [];
    // Without room it is a place that becomes free which wakes the worker, not the time.
    const msToNext = claims.length < room ? await readMsToNext(tx) : null;
    return { claims, looks: open, msToNext, heldNow };
  });
  await tellHeld(house, heldNow, 'new-history');
  return { ...taken, swept, heldBack: heldBack + heldNow.length };
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
