import type { KindChoice, NoticeKind } from '#contract/notices.ts';

/** Ids and small values of what happened, as far as words and link need them. */
export interface Particulars {
  channelId?: string;
  goalId?: string;
  /** Id of the whole delivery, as people know it. */
  deliveryId?: string;
  postId?: string;
  /** Who joined. */
  personId?: string;
  /** A later part failed, or the first comment: what is before it is public. */
  isPart?: boolean;
  /** A channel's end stands in the way of a post of the next day. */
  isSoon?: boolean;
  /** What was told of is over. */
  isOver?: boolean;
  /** Why a delivery is held. */
  reason?: string;
}

/** A notice as its person has it. */
export interface NoticeRow {
  workspaceId: string;
  id: string;
  personId: string;
  kind: NoticeKind;
  subject: string;
  particulars: Particulars;
  count: number;
  createdAt: Date;
  at: Date;
  readAt: Date | null;
  settledAt: Date | null;
}

/** A person's choices as they are kept: what is absent is as it comes. */
export interface ChoiceRow {
  kinds: Partial<Record<NoticeKind, Omit<KindChoice, 'kind'>>>;
  quietFrom: string;
  quietTo: string;
  digestAt: string;
  zone: string | null;
}
