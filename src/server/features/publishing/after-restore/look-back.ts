import { z } from 'zod';
import type { OwnPost } from '#connectors/kit/contract.ts';
import { type Fault, type Outcome, ok } from '#connectors/kit/faults.ts';
import { withAccount } from '#server/features/channels/index.ts';
import { readClock } from '#server/platform/clock/index.ts';
import type { Context } from '#server/platform/context/index.ts';
import type { FactHearer, Hearers } from '#server/platform/facts/index.ts';
import type { JobDefinition } from '#server/platform/jobs/index.ts';
import { goOnLater } from '../deliveries/index.ts';
import { tellHeldForHistory } from '../engine/index.ts';
import { settlePublished } from '../settle-store.ts';
import { matchOwnPosts } from './match-own-posts.rules.ts';
import {
  holdPlanned,
  listAsked,
  listKnownIds,
  listSought,
  listSoughtChannels,
  readMadeAt,
  type SoughtRow,
} from './sought-store.ts';

/** What is held after a restore comes in many facts; they are one look. */
const GATHER_MS = 3_000;
/** How far back an account's posts are read at most. */
const FURTHEST_MS = 31 * 24 * 60 * 60_000;
const MARGIN_MS = 10 * 60_000;

/**
 * After a restore or a fail-over: looks at the networks whether what is held is out already, and notes what it sees. It
 * reads only. What is not there stays held for a person: it may have been there and been taken down by its owner.
 */
export const lookBack: JobDefinition<{ workspaceId: string }> = {
  name: 'delivery.look-back',
  unique: true,
  expireSeconds: 900,
  async run(context, { workspaceId }) {
    const { house } = context;
    const { channelIds, asked } = await house.db.inWorkspace(workspaceId, async (tx) => ({
      channelIds: await listSoughtChannels(tx),
      asked: await listAsked(tx),
    }));
    // Jobs are not in a backup; what was asked of published posts is.
    for (const deliveryId of asked)
      await house.db.inWorkspace(workspaceId, (tx) => goOnLater(context, tx, { workspaceId, deliveryId }));
    const failures: string[] = [];
    for (const channelId of channelIds) {
      const outcome = await lookAtChannel(context, { workspaceId, channelId });
      if (!outcome.ok) failures.push(`${channelId}: ${outcome.fault.kind}`);
    }
    // The queue looks again a little later.
    if (failures.length > 0)
      throw new Error(`what is out already could not be read everywhere (${failures.join(', ')})`);
  },
};

async function lookAtChannel(
  context: Context,
  place: { workspaceId: string; channelId: string },
): Promise<Outcome<null, Fault>> {
  const { db } = context.house;
  const ground = await db.inWorkspace(place.workspaceId, async (tx) => ({
    parts: await listSought(tx, place.channelId),
    madeAt: await readMadeAt(tx),
    now: await readClock(tx),
  }));
  const { now, parts, madeAt } = ground;
  const first = parts.find(({ remoteId }) => remoteId === null);
  if (!first) return ok(null);
  const furthest = now.getTime() - FURTHEST_MS;
  // What is planned can have been published sooner at any time that the database does not remember.
  const lost = parts.some(({ isPlanned }) => isPlanned) ? (madeAt?.getTime() ?? furthest) : now.getTime();
  const since = Math.max(furthest, Math.min(first.dueAt.getTime(), lost) - MARGIN_MS);
  const own: Outcome<OwnPost[] | null, Fault> = await withAccount<OwnPost[] | null, Fault>(
    context,
    place,
    async (connector, call) => connector.publish.recent?.(call, new Date(since)) ?? ok(null),
    { proves: false },
  );
  // A channel that is not connected is looked at when it is connected again.
  if (!own.ok) return own.fault.kind === 'credential-rejected' ? ok(null) : own;
  if (own.value === null) return ok(null);
  const posts = own.value;
  await db.inWorkspace(place.workspaceId, async (tx) => {
    const seen = matchOwnPosts(parts, posts, await listKnownIds(tx, place.channelId));
    for (const part of parts) {
      const post = seen.get(part.id);
      if (!post) continue;
      if (part.state === 'held') await settle(tx, part, post, now);
      else if (await holdPlanned(tx, part.id)) await tellHeldForHistory(tx, rowOf(part));
    }
  });
  return ok(null);
}

const rowOf = ({ workspaceId, id, groupId, position, dueAt, role, postId, channelId, network }: SoughtRow) => ({
  workspace_id: workspaceId,
  id,
  group_id: groupId,
  position,
  due_at: dueAt,
  role,
  post_id: postId,
  channel_id: channelId,
  network,
});

function settle(tx: Parameters<typeof settlePublished>[0], part: SoughtRow, { sent, at }: OwnPost, now: Date) {
  const sentAgoMs = at && Math.max(0, now.getTime() - at.getTime());
  return settlePublished(tx, rowOf(part), { sent, from: ['held'], sentAgoMs });
}

const OfHeld = z.object({ reason: z.literal('new-history') });
const OfChannel = z.object({ channelId: z.uuid() });

const lookSoon: FactHearer = async ({ house }, facts) => {
  const { workspaceId, kind } = facts[0];
  if (kind === 'delivery.held' && !facts.some(({ payload }) => OfHeld.safeParse(payload).success)) return;
  await house.db.inWorkspace(workspaceId, async (tx) => {
    if (kind === 'channel.connected') {
      const sought = await listSoughtChannels(tx);
      if (!facts.some(({ payload }) => sought.includes(OfChannel.safeParse(payload).data?.channelId ?? ''))) return;
    }
    const startAfter = new Date((await readClock(tx)).getTime() + GATHER_MS);
    await house.jobs.enqueue(tx, lookBack, { workspaceId }, { key: workspaceId, startAfter });
  });
};

export const lookBackHearers: Hearers = [
  { kind: 'installation.restored', hear: lookSoon },
  { kind: 'history.changed', hear: lookSoon },
  { kind: 'delivery.held', hear: lookSoon },
  { kind: 'channel.connected', hear: lookSoon },
];
