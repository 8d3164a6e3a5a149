import { z } from 'zod';
import type { NoticeKind } from '#contract/notices.ts';
import { type FactHearer, type Hearers, hearEach } from '#server/platform/facts/index.ts';
import { tellChanges } from '#server/platform/live/index.ts';
import { settleDeliveries, settleSubject } from './notice-store.ts';
import { type News, tellMembers } from './tell-members.ts';
import { lookAtGoals } from './watch-jobs.ts';

const OfDelivery = z.object({
  groupId: z.uuid(),
  postId: z.uuid(),
  channelId: z.uuid(),
  reason: z.string().optional(),
  /** From 0: what is before it went out. */
  position: z.int().default(0),
});
const OfDecision = z.object({ deliveryId: z.uuid(), groupId: z.uuid().optional() });
const OfChannel = z.object({ channelId: z.uuid() });
const OfReconnected = z.object({ channelId: z.uuid(), madeById: z.string() });
const OfMovedPost = z.object({ postId: z.uuid(), authorId: z.string() });
const OfMember = z.object({ personId: z.string() });

/** Held because the channel cannot be reached: one notice about the channel says it for all its posts. */
const lostReasons = ['connection-broken', 'permission-missing'];
/** Held by a person on purpose, or with the part before it, of which is told. */
const untoldReasons = ['crisis', 'part-before'];

/** A delivery waits for a person; those of one channel are one notice. */
const tellOfDelivery = (kind: NoticeKind): FactHearer =>
  hearEach(async ({ house }, { id, workspaceId, payload }) => {
    const told = OfDelivery.safeParse(payload).data;
    // What does not say which delivery it is about leads nowhere.
    if (!told) return;
    const { groupId: deliveryId, postId, channelId, reason, position } = told;
    const isPart = kind === 'delivery-failed' && position > 0;
    if (kind === 'delivery-held' && reason !== undefined && untoldReasons.includes(reason)) return;
    const isLost = kind === 'delivery-held' && reason !== undefined && lostReasons.includes(reason);
    const news: News = isLost
      ? { kind: 'channel-lost', subject: channelId, event: id, particulars: { channelId } }
      : {
          kind,
          subject: kind === 'delivery-held' ? `${channelId} ${reason ?? ''}` : isPart ? `${channelId} part` : channelId,
          event: id,
          particulars: { channelId, deliveryId, postId, ...(reason ? { reason } : {}), ...(isPart ? { isPart } : {}) },
        };
    await house.db.inWorkspace(workspaceId, (tx) => tellMembers(house, tx, workspaceId, news));
  });

/** A delivery no longer waits: it is out, or a person has decided. */
const settleOfDelivery: FactHearer = async ({ house }, facts) => {
  const { workspaceId } = facts[0];
  const decided = facts.flatMap(({ payload }) => OfDecision.safeParse(payload).data ?? []);
  if (decided.length === 0) return;
  await house.db.inWorkspace(workspaceId, async (tx) => {
    const told = await settleDeliveries(tx, [
      ...new Set(decided.map(({ deliveryId, groupId = deliveryId }) => groupId)),
    ]);
    const changes = told.map((personId) => ({ kind: 'notice.settled', ids: {}, personId }));
    await tellChanges(tx, workspaceId, changes);
  });
};

const tellOfLostChannel = hearEach(async ({ house }, { id, workspaceId, payload }) => {
  const channelId = OfChannel.safeParse(payload).data?.channelId;
  if (channelId === undefined) return;
  const news: News = { kind: 'channel-lost', subject: channelId, event: id, particulars: { channelId } };
  await house.db.inWorkspace(workspaceId, (tx) => tellMembers(house, tx, workspaceId, news));
});

/** What is in order when a channel is connected. */
const settledByConnecting: NoticeKind[] = ['channel-lost', 'channel-doubtful', 'channel-ending', 'figures-missing'];

const settleChannel = hearEach(async ({ house }, { workspaceId, payload }) => {
  const { channelId } = OfChannel.parse(payload);
  await house.db.inWorkspace(workspaceId, async (tx) => {
    const told = await settleSubject(tx, settledByConnecting, channelId);
    await tellChanges(
      tx,
      workspaceId,
      told.map((personId) => ({ kind: 'notice.settled', ids: {}, personId })),
    );
  });
});

/** Somebody has used a link to connect a channel again: whoever made the link learns that it is done. */
const tellOfReconnected = hearEach(async ({ house }, { id, workspaceId, payload }) => {
  const { channelId, madeById } = OfReconnected.parse(payload);
  const news: News = { kind: 'channel-reconnected', subject: channelId, event: id, particulars: { channelId } };
  await house.db.inWorkspace(workspaceId, (tx) => tellMembers(house, tx, workspaceId, news, { only: [madeById] }));
});

/** Somebody accepted an invitation; they know it themselves. */
const tellOfMember = hearEach(async ({ house }, { id, workspaceId, payload }) => {
  const { personId } = OfMember.parse(payload);
  const news: News = { kind: 'member-joined', subject: 'team', event: id, particulars: { personId } };
  await house.db.inWorkspace(workspaceId, (tx) => tellMembers(house, tx, workspaceId, news, { but: personId }));
});

/** A zone changed its clocks: whoever wrote the post learns that it keeps its wall-clock time. */
const tellOfClocks = hearEach(async ({ house }, { id, workspaceId, payload }) => {
  const moved = OfMovedPost.safeParse(payload).data;
  if (!moved) return;
  const { postId, authorId } = moved;
  const news: News = { kind: 'post-moved', subject: postId, event: id, particulars: { postId } };
  await house.db.inWorkspace(workspaceId, (tx) => tellMembers(house, tx, workspaceId, news, { only: [authorId] }));
});

/** Figures of a channel that come again say that it works. */
const settleDoubt = hearEach(async ({ house }, { workspaceId, payload }) => {
  const channelId = OfChannel.safeParse(payload).data?.channelId;
  if (channelId === undefined) return;
  await house.db.inWorkspace(workspaceId, async (tx) => {
    const told = await settleSubject(tx, ['channel-doubtful', 'figures-missing'], channelId);
    await tellChanges(
      tx,
      workspaceId,
      told.map((personId) => ({ kind: 'notice.settled', ids: {}, personId })),
    );
  });
});

/** Figures have moved, or a goal is another one: how the workspace's goals stand is looked at soon. */
const lookSoon: FactHearer = async ({ house }, [{ workspaceId }]) => {
  await house.db.inWorkspace(workspaceId, (tx) =>
    house.jobs.enqueue(tx, lookAtGoals, { workspaceId }, { key: workspaceId }),
  );
};

export const noticeHearers: Hearers = [
  { kind: 'delivery.failed', hear: tellOfDelivery('delivery-failed') },
  { kind: 'delivery.needs-person', hear: tellOfDelivery('delivery-unconfirmed') },
  { kind: 'delivery.held', hear: tellOfDelivery('delivery-held') },
  ...['published', 'retried', 'confirmed', 'sent-again', 'cancelled'].map((past) => ({
    kind: `delivery.${past}`,
    hear: settleOfDelivery,
  })),
  { kind: 'channel.broken', hear: tellOfLostChannel },
  { kind: 'channel.connected', hear: settleChannel },
  { kind: 'channel.reconnected', hear: tellOfReconnected },
  { kind: 'member.joined', hear: tellOfMember },
  { kind: 'post.clock-moved', hear: tellOfClocks },
  { kind: 'figures.changed', hear: settleDoubt },
  { kind: 'figures.changed', hear: lookSoon },
  { kind: 'goal.updated', hear: lookSoon },
];
