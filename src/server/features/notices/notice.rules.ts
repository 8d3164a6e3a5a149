import { type KindChoice, type NoticeKind, noticeKinds } from '#contract/notices.ts';
import type { OperationName } from '#contract/operations.ts';
import { may } from '#contract/policy.ts';
import type { Role } from '#contract/terms.ts';
import type { Particulars } from './tables.ts';

/** Who is told of a kind: those who may do something about it. Null: who runs the installation. */
const actsOn: Record<NoticeKind, OperationName | null> = {
  'delivery-failed': 'deliveries.retry',
  'delivery-unconfirmed': 'deliveries.confirmLive',
  'delivery-held': 'deliveries.cancel',
  'channel-lost': 'channels.connect',
  'channel-doubtful': 'channels.connect',
  'channel-ending': 'channels.connect',
  'channel-reconnected': 'reconnectLinks.create',
  'goal-reached': 'goals.update',
  'goal-at-risk': 'goals.update',
  'goal-missed': 'goals.update',
  'member-joined': 'invitations.list',
  'figures-missing': 'channels.connect',
  'post-moved': 'posts.move',
  'publishing-behind': 'deliveries.cancel',
  'publishing-stopped': null,
};

/** Whether a member with this role is told of this kind. */
export function isTold(role: Role, kind: NoticeKind): boolean {
  const operation = actsOn[kind];
  return operation !== null && may(role, operation);
}

type Ways = Omit<KindChoice, 'kind'>;

const atOnce: Ways = { mail: 'now', push: true, urgent: false };
const inDigest: Ways = { mail: 'digest', push: false, urgent: false };

/** How one is told before one has chosen (ours): at once where posts wait for a person, else once a day. */
const asItComes: Record<NoticeKind, Ways> = {
  'delivery-failed': atOnce,
  'delivery-unconfirmed': atOnce,
  'delivery-held': inDigest,
  'channel-lost': atOnce,
  'channel-doubtful': atOnce,
  'channel-ending': atOnce,
  'channel-reconnected': { ...inDigest, push: true },
  'goal-reached': { ...inDigest, push: true },
  'goal-at-risk': inDigest,
  'goal-missed': inDigest,
  'member-joined': inDigest,
  'figures-missing': inDigest,
  'post-moved': inDigest,
  'publishing-behind': atOnce,
  'publishing-stopped': { mail: 'now', push: true, urgent: true },
};

/** The choices of a person for every kind. */
export const fillChoices = (chosen: Partial<Record<NoticeKind, Ways>>): KindChoice[] =>
  noticeKinds.map((kind) => ({ kind, ...asItComes[kind], ...chosen[kind] }));

/** Reasons for which posts are held that are said in words of their own. */
const saidReasons = ['late', 'new-history'];

/** The words for a notice: its kind, or a narrower one. */
export function wordingOf(kind: NoticeKind, { reason, isPart, isOver, isSoon }: Particulars): string {
  if (kind === 'publishing-behind' && isOver) return `${kind}-over`;
  if (kind === 'channel-ending' && isSoon) return `${kind}-soon`;
  if (kind === 'delivery-failed' && isPart) return `${kind}-part`;
  if (kind !== 'delivery-held') return kind;
  return reason !== undefined && saidReasons.includes(reason) ? `${kind}-${reason}` : kind;
}

/** Where one acts on a notice: the very thing while it is one, else the list in which all of them stand. */
export function pathOf(
  workspaceId: string,
  { kind, particulars, count }: { kind: NoticeKind; particulars: Particulars; count: number },
): string {
  const inside = (path: string) => `/w/${workspaceId}/${path}`;
  switch (kind) {
    case 'delivery-failed':
    case 'delivery-unconfirmed':
    case 'delivery-held':
      return count === 1 && particulars.postId
        ? inside(`posts/${particulars.postId}`)
        : inside('deliveries?show=decide');
    case 'channel-lost':
    case 'channel-doubtful':
    case 'channel-ending':
    case 'channel-reconnected':
    case 'figures-missing':
      return inside(`channels/${particulars.channelId ?? ''}`);
    case 'goal-reached':
    case 'goal-at-risk':
    case 'goal-missed':
      return inside(`goals/${particulars.goalId ?? ''}`);
    case 'member-joined':
      return inside('members');
    case 'post-moved':
      return inside(`posts/${particulars.postId ?? ''}`);
    case 'publishing-behind':
      return inside('status');
    case 'publishing-stopped':
      return inside('installation');
  }
}

/** How many days before the first post that a channel's end stands in the way of it is told (ours), the last first. */
export const COUNTDOWN_DAYS = [1, 7] as const;

/** Which of these times has come; null: none yet. Each is told once, and one that was missed is not made up for. */
export function countdownStep(firstDueAt: Date, now: Date): (typeof COUNTDOWN_DAYS)[number] | null {
  const leftMs = firstDueAt.getTime() - now.getTime();
  return COUNTDOWN_DAYS.find((days) => leftMs <= days * 86_400_000) ?? null;
}

/** What is told of a goal that stands like this now and stood like that before; null: nothing. */
export function goalNews(before: string | null, now: string): NoticeKind | null {
  if (before === now) return null;
  if (now === 'reached') return 'goal-reached';
  if (now === 'missed') return 'goal-missed';
  // A goal that was never looked at before has not changed for the worse.
  return now === 'at-risk' && before !== null ? 'goal-at-risk' : null;
}
