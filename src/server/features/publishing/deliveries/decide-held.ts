import type { deliveries } from '#contract/deliveries.ts';
import { type KnownChannel, listKnownChannels } from '#server/features/channels/index.ts';
import { readClock } from '#server/platform/clock/index.ts';
import type { House, Verb } from '#server/platform/context/index.ts';
import type { Tx } from '#server/platform/db/index.ts';
import { tellFacts } from '#server/platform/facts/index.ts';
import { isOver } from '../delivery-states.rules.ts';
import { findParts, letGoParts, moveDelivery, wakeWorkers } from '../delivery-store.ts';
import { noteDue } from '../note-due.ts';
import { judgeQuota } from '../quota/index.ts';
import type { DeliveryRow } from '../tables.ts';
import { lockHeld } from './held-store.ts';

/** Deliveries decided in one transaction; for more it is called again. */
const MOST = 500;

/**
 * One decision about everything that an outage or a restore has held: all of it goes out now, each channel's in order of
 * what was due first, or none of it does. What is held before it is due seems to be out already: it is not let go with the
 * rest. What a colleague decided meanwhile stays decided, what has been held since `heldBefore` stays held, and so does
 * what a network would refuse because its quota is full.
 */
export const decideHeldDeliveries: Verb<typeof deliveries.decideHeld> = (context, { reason, decision, heldBefore }) =>
  context.inWorkspace(async (tx) => {
    const now = await readClock(tx);
    const dueUntil = decision === 'let-go' ? now : null;
    const strict = decision === 'let-go' ? await listStrictChannels(context.house, tx) : noChannels;
    const { groupIds, left } = await lockHeld(tx, {
      reason,
      dueUntil,
      heldBefore: new Date(heldBefore),
      lastChannelIds: [...strict.keys()],
      most: MOST,
    });
    const groups: HeldGroup[] = [];
    for (const groupId of groupIds) {
      const parts = await findParts(tx, groupId);
      const current = parts.find((part) => !isOver(part.state));
      if (current?.state === 'held' && current.held_reason === reason) groups.push({ parts, current });
    }
    const full = new Set<HeldGroup>();
    const fullChannels = new Set<string>();
    if (decision === 'cancel') {
      for (const part of groups.flatMap(({ parts }) => parts))
        await moveDelivery(tx, part.id, { to: 'cancelled', cause: 'person' });
    } else {
      // A channel after the other, because each that has a quota is locked until the end.
      for (const group of groups.toSorted((a, b) => (a.current.channel_id < b.current.channel_id ? -1 : 1))) {
        const { channel_id: channelId } = group.current;
        const channel = strict.get(channelId);
        // What is due later overtakes nothing.
        const isOut = fullChannels.has(channelId) || (channel && (await isFull(tx, channel, group, now)));
        if (!isOut) await letGo(tx, group, now);
        else {
          full.add(group);
          fullChannels.add(channelId);
        }
      }
    }
    const decided = groups.filter((group) => !full.has(group)).map(({ current }) => current);
    const { workspaceId, personId } = context;
    await tellFacts(
      tx,
      decided.map(({ group_id: deliveryId, post_id: postId, channel_id: channelId }) => ({
        workspaceId,
        kind: decision === 'cancel' ? 'delivery.cancelled' : 'delivery.retried',
        payload: { deliveryId, postId, channelId },
        personId,
      })),
    );
    await noteDue(
      tx,
      decided.map((it) => it.channel_id),
    );
    await wakeWorkers(tx);
    return { decided: decided.length, full: full.size, left };
  });

interface HeldGroup {
  parts: readonly DeliveryRow[];
  /** The first part that is not over. */
  current: DeliveryRow;
}

const noChannels: ReadonlyMap<string, KnownChannel> = new Map();

/** Channels whose network refuses what is over its quota. */
async function listStrictChannels(house: House, tx: Tx): Promise<ReadonlyMap<string, KnownChannel>> {
  const channels = await listKnownChannels(house, tx);
  return new Map(channels.filter(({ quota }) => quota?.over === 'refused').map((it) => [it.id, it]));
}

async function isFull(tx: Tx, channel: KnownChannel, { parts, current }: HeldGroup, now: Date): Promise<boolean> {
  const count = parts.filter(({ role, state }) => role === 'post' && !isOver(state)).length;
  return (await judgeQuota(tx, channel, { postId: current.post_id, at: now, count })) !== null;
}

async function letGo(tx: Tx, { current }: HeldGroup, now: Date): Promise<void> {
  await moveDelivery(tx, current.id, { to: 'scheduled', cause: 'person', set: { not_before: now, fault: null } });
  await letGoParts(tx, current);
}
