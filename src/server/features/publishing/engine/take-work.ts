import type { House } from '#server/platform/context/index.ts';
import { noteDue } from '../note-due.ts';
import {
  type Claim,
  claimDue,
  holdForNewHistory,
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
  /** Until the next thing is due, in ms; null when nothing is planned. */
  msToNext: number | null;
}

/** Sweeps the ledger, then claims what is due and takes what must be looked at, as far as there is room. */
export async function takeWork(house: House, { room, looks }: { room: number; looks: number }): Promise<Work> {
  const { places, ...work } = await house.db.across(async (tx) => {
    const heldBack = await holdForNewHistory(tx, await readHistory(tx));
    const { counts: swept, places } = await sweepLedger(tx);
    const claims = room > 0 ? await claimDue(tx, room) : [];
    const open = room > claims.length ? await takeLooks(tx, Math.min(looks, room - claims.length)) : [];
    return { claims, looks: open, swept, heldBack, places, msToNext: await readMsToNext(tx) };
  });
  const byWorkspace = Map.groupBy(places, (it) => it.workspaceId);
  for (const [workspaceId, changed] of byWorkspace) {
    await house.db.inWorkspace(workspaceId, (tx) => noteDue(tx, [...new Set(changed.map((it) => it.channelId))]));
  }
  return work;
}
