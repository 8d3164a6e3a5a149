import type { DeliveryState, HoldReason } from '#contract/deliveries.ts';
import type { DeliveryId, GoalId } from '#contract/ids.ts';
import type { OperationName } from '#contract/operations.ts';
import type { GoalStatus } from '#contract/strategy.ts';
import type { Suggestion } from '#contract/today.ts';

/** Everything that is asked when the page is put together, as it stands now. */
export interface Morning {
  workspaceId: string;
  now: Date;
  interview: { state: 'not-begun' | 'under-way' | 'proposal' | 'made'; answered: number };
  hasPage: boolean;
  channels: readonly KnownToday[];
  waiting: readonly WaitingToday[];
  drafts: readonly { postId: string; excerpt: string; plannedAt: Date }[];
  /** The draft that the interview has written, as long as it waits to be read and published. */
  firstDraft: { postId: string; excerpt: string; channelIds: readonly string[] } | null;
  goals: readonly GoalToday[];
  /** What this person has set aside. */
  aside: ReadonlySet<string>;
  /** What this person may do. */
  may: (operation: OperationName) => boolean;
}

export interface KnownToday {
  id: string;
  name: string;
  connection: 'not-connected' | 'connected' | 'credential-rejected' | 'permission-missing';
  /** It ends before so many posts that are planned on it; null: before none. */
  ending: { endsAt: Date; count: number } | null;
  isActive: boolean;
  cadencePerWeek: number | null;
  nextDueAt: Date | null;
  lastPublishedAt: Date | null;
}

export interface WaitingToday {
  deliveryId: string;
  postId: string;
  channelId: string;
  state: Extract<DeliveryState, 'unconfirmed' | 'failed' | 'held'>;
  heldReason: HoldReason | null;
  fault: string | null;
  dueAt: Date;
  excerpt: string;
}

export interface GoalToday {
  id: string;
  title: string;
  yours: boolean;
  hasBegun: boolean;
  createdAt: Date;
  /** Something that serves it goes out in the next days. */
  isServed: boolean;
  /** When something last went out for it, in the last days; null: nothing did. */
  lastServedAt: Date | null;
  /** A draft that serves it and has no time yet. */
  draft: { postId: string; excerpt: string } | null;
  /** What it needs and does not have yet. */
  needs: readonly string[];
  /** Null: its figures were not read. */
  figures: {
    status: GoalStatus;
    value: number | null;
    /** The value when somebody last looked; what it began with when nobody did. */
    seen: number;
    lookedAt: Date | null;
  } | null;
}

/** A suggestion before it is chosen. */
export interface Draft {
  /** What it is about: one suggestion for each. */
  subject: string;
  /** Something else it speaks of; what is said of that already is not said again. */
  alsoAbout?: string;
  isAllowed: boolean;
  suggestion: Suggestion;
}

/** Ids of the store are those of the contract. */
export const asDeliveryId = (id: string): DeliveryId => id as DeliveryId;
export const asGoalId = (id: string): GoalId => id as GoalId;

export const DAY_MS = 86_400_000;
