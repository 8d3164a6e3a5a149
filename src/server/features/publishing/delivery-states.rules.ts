import type { DeliveryState } from '#contract/deliveries.ts';

/** Why a delivery may change its state. The table below is the whole of it; anything else throws. */
export type Cause = 'claim' | 'lease-out' | 'decide' | 'arm' | 'settle' | 'vanish' | 'look' | 'person' | 'sweep';

const moves: Record<DeliveryState, Partial<Record<DeliveryState, readonly Cause[]>>> = {
  scheduled: { claimed: ['claim'], held: ['sweep'], cancelled: ['person'] },
  claimed: {
    scheduled: ['lease-out', 'decide', 'person'],
    held: ['decide'],
    failed: ['decide'],
    cancelled: ['person'],
    armed: ['arm'],
  },
  armed: {
    published: ['settle'],
    processing: ['settle'],
    scheduled: ['settle'],
    held: ['settle'],
    failed: ['settle'],
    unconfirmed: ['settle', 'vanish'],
  },
  processing: { published: ['look'], failed: ['look'], unconfirmed: ['look'] },
  unconfirmed: { published: ['look', 'person', 'settle'], scheduled: ['look', 'person'], held: ['look'] },
  held: { scheduled: ['sweep', 'person'], held: ['sweep'], published: ['look'], cancelled: ['person'] },
  failed: { scheduled: ['person'], cancelled: ['person'] },
  published: {},
  cancelled: {},
};

/** Is this one of the ways between two states? */
export const mayMove = (from: DeliveryState, to: DeliveryState, cause: Cause): boolean =>
  moves[from][to]?.includes(cause) ?? false;

/** States from which `to` is reached by `cause`: what a store's WHERE must name. */
export function statesBefore(to: DeliveryState, cause: Cause): DeliveryState[] {
  return (Object.keys(moves) as DeliveryState[]).filter((from) => mayMove(from, to, cause));
}

/** Throws on a way that is not in the table: a bug, never a person's mistake. */
export function assertMove(from: DeliveryState, to: DeliveryState, cause: Cause): void {
  if (!mayMove(from, to, cause)) throw new Error(`no way from ${from} to ${to} by ${cause}`);
}

/** From *armed* on a delivery can be public: it is neither edited nor cancelled any more. */
export const isOnItsWay = (state: DeliveryState): boolean =>
  state === 'armed' || state === 'processing' || state === 'unconfirmed';

/** Nothing more will happen by itself or by a person. */
export const isOver = (state: DeliveryState): boolean => state === 'published' || state === 'cancelled';

/** How long after *arm* the first byte may still be written. */
export const SEND_DEADLINE_MS = 8_000;
/** How long one send may take in all. */
export const SEND_TIMEOUT_MS = 30_000;
export const LEASE_MS = 10_000;
export const RENEW_MS = 3_000;
/** Looks at an unconfirmed delivery, counted from when it became so; after the last one a person is asked. */
export const LOOK_AFTER_MS = [5_000, 15_000, 45_000, 80_000, 120_000] as const;

/** How long after *arm* a read that finds nothing may prove that nothing is there. */
export const proofTakesMs = (readLagMs: number): number => SEND_DEADLINE_MS + SEND_TIMEOUT_MS + readLagMs;

/** Earliest instant of that. */
export const absenceProvenFrom = (armedAt: Date, readLagMs: number): Date =>
  new Date(armedAt.getTime() + proofTakesMs(readLagMs));
