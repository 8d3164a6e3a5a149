import { readClock } from '#server/platform/clock/index.ts';
import type { Context } from '#server/platform/context/index.ts';
import type { Tx } from '#server/platform/db/index.ts';
import type { JobDefinition } from '#server/platform/jobs/index.ts';
import { findAskedAt } from './afterwards-store.ts';
import { finishAsked } from './finish-asked.ts';

/** The caller does it at once; another process goes on with it when it has had this long. */
const FIRST_MS = 60_000;
const LONGEST_MS = 60 * 60_000;

interface Place {
  workspaceId: string;
  deliveryId: string;
}

/** Goes on with what was asked of a published delivery until the network has done it or says no. */
export const finishDelivery: JobDefinition<Place> = {
  name: 'delivery.finish',
  unique: true,
  run: async (context, place) => {
    const { state } = await finishAsked(context, place);
    if (state !== 'later') return;
    await context.house.db.inWorkspace(place.workspaceId, (tx) => goOnLater(context, tx, place));
  },
};

/**
 * Has it gone on with later, in the caller's transaction: after as long again as it has been waiting, at least a minute
 * and at most an hour.
 */
export async function goOnLater({ house }: Pick<Context, 'house'>, tx: Tx, place: Place): Promise<void> {
  const now = await readClock(tx);
  const askedAt = (await findAskedAt(tx, place.deliveryId)) ?? now;
  const waited = now.getTime() - askedAt.getTime();
  const startAfter = new Date(now.getTime() + Math.min(LONGEST_MS, Math.max(FIRST_MS, waited)));
  await house.jobs.enqueue(tx, finishDelivery, place, { key: place.deliveryId, startAfter });
}
