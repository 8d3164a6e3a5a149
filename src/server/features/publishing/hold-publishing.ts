import type { z } from 'zod';
import type { Hold, publishing } from '#contract/publishing.ts';
import { findChannels } from '#server/features/channels/index.ts';
import { refuse, type Verb } from '#server/platform/context/index.ts';
import { tellFact } from '#server/platform/facts/index.ts';
import { wakeWorkers } from './delivery-store.ts';
import { type HoldRow, insertHold, liftHold, listHolds, takeBackClaimed } from './hold-store.ts';

/** Holds that stand in the workspace. */
export const listStandingHolds: Verb<typeof publishing.holds> = async (context) => ({
  items: (await context.inWorkspace(listHolds)).map(presentHold),
});

/**
 * Stops what comes due on all channels or on one, from this moment: what is being prepared is taken back, what was
 * armed already cannot be stopped. A hold that stands over the same already is returned as it is.
 */
export const holdPublishing: Verb<typeof publishing.hold> = async (context, { workspaceId, channelId, why }) =>
  context.inWorkspace(async (tx) => {
    if (channelId && (await findChannels(context.house, tx, [channelId])).length === 0) refuse('not-found');
    const hold = await insertHold(tx, { workspaceId, channelId, why, personId: context.personId });
    await takeBackClaimed(tx, channelId);
    await tellFact(tx, {
      workspaceId,
      kind: 'hold.set',
      payload: { holdId: hold.id, channelId },
      personId: context.personId,
    });
    return presentHold(hold);
  });

/** Lifts a hold. What it held goes out now; what is later than the grace time by now stays held as late. */
export const liftPublishingHold: Verb<typeof publishing.lift> = async (context, { workspaceId, holdId }) =>
  context.inWorkspace(async (tx) => {
    if (!(await liftHold(tx, holdId, context.personId))) refuse('not-found');
    await tellFact(tx, { workspaceId, kind: 'hold.lifted', payload: { holdId }, personId: context.personId });
    await wakeWorkers(tx);
    return {};
  });

const presentHold = ({ since, ...hold }: HoldRow): z.input<typeof Hold> => ({ ...hold, since: since.toISOString() });
