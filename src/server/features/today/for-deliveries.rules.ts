import type { Suggestion } from '#contract/today.ts';
import { asDeliveryId, type Draft, type Morning, type WaitingToday } from './morning.rules.ts';

/** What a new connection helps is said of the channel. */
const ofConnection = ['connection-broken', 'permission-missing'];
/** Faults after which the same again would end the same, or might be a second one. */
const needsLook = ['content-rejected', 'duplicate', 'outcome-unknown', 'contract-broken', 'permission-missing'];

/**
 * Deliveries that wait for a person, gathered by channel and state; drafts whose time is near or over. One press does
 * it where there is one delivery and one thing to do, else it leads to where one decides.
 */
export function suggestForDeliveries(morning: Morning): Draft[] {
  const { workspaceId, channels, waiting, drafts, may } = morning;
  const nameOf = new Map(channels.map((it) => [it.id, it.name]));
  const broken = new Set(channels.filter((it) => it.connection !== 'connected').map((it) => it.id));
  const deciding = waiting.filter(
    (it) =>
      it.state === 'unconfirmed' ||
      !(ofConnection.includes(it.heldReason ?? '') || (broken.has(it.channelId) && it.fault === 'credential-rejected')),
  );
  const groups = Map.groupBy(deciding, (it) => `delivery-${it.state}:${it.channelId}`);
  const gathered = [...groups].map(([subject, group]): Draft => {
    const [first] = group as [WaitingToday, ...WaitingToday[]];
    const isOne = group.length === 1;
    return {
      subject,
      isAllowed: may(first.state === 'unconfirmed' ? 'deliveries.confirmLive' : 'deliveries.retry'),
      suggestion: {
        id: isOne ? `delivery-${first.state}:${first.deliveryId}` : subject,
        kind: `delivery-${first.state}`,
        act: isOne ? actOn(first) : 'open',
        path: isOne ? `/w/${workspaceId}/posts/${first.postId}` : `/w/${workspaceId}/deliveries?show=decide`,
        reason: sharedReason(group),
        names: { channel: nameOf.get(first.channelId) ?? '', ...(isOne ? { post: first.excerpt } : {}) },
        count: group.length,
        at: first.dueAt.toISOString(),
        figures: null,
        deliveryId: isOne ? asDeliveryId(first.deliveryId) : null,
        goalId: null,
      },
    };
  });
  const planned = drafts.map(
    (it): Draft => ({
      subject: `post:${it.postId}`,
      isAllowed: may('posts.schedule'),
      suggestion: {
        id: `draft-due:${it.postId}`,
        kind: 'draft-due',
        act: 'open',
        path: `/w/${workspaceId}/posts/${it.postId}`,
        reason: it.plannedAt > morning.now ? 'near' : 'over',
        names: { post: it.excerpt },
        count: 1,
        at: it.plannedAt.toISOString(),
        figures: null,
        deliveryId: null,
        goalId: null,
      },
    }),
  );
  return [...gathered, ...planned, ...suggestFirstDraft(morning)];
}

/** What the interview has written waits to be read: the way to the first post is through it, not past it. */
function suggestFirstDraft({ workspaceId, firstDraft, may }: Morning): Draft[] {
  if (firstDraft === null) return [];
  const { postId, excerpt } = firstDraft;
  return [
    {
      subject: `post:${postId}`,
      isAllowed: may('posts.update'),
      suggestion: {
        id: `draft-first:${postId}`,
        kind: 'draft-first',
        act: 'open',
        path: `/w/${workspaceId}/posts/${postId}`,
        reason: null,
        names: { post: excerpt },
        count: 1,
        at: null,
        figures: null,
        deliveryId: null,
        goalId: null,
      },
    },
  ];
}

function actOn({ state, heldReason, fault }: WaitingToday): Suggestion['act'] {
  switch (state) {
    case 'unconfirmed':
      return 'confirm-live';
    case 'held':
      // After a restore it may be out already, and a pause is lifted as a whole.
      return heldReason === 'late' ? 'retry' : 'open';
    case 'failed':
      return needsLook.includes(fault ?? '') ? 'open' : 'retry';
  }
}

/** The reason when all have the same. */
function sharedReason(group: readonly WaitingToday[]): string | null {
  const reasons = new Set(group.map(({ state, heldReason, fault }) => (state === 'held' ? heldReason : fault)));
  const [only = null] = reasons;
  return reasons.size === 1 ? only : null;
}
