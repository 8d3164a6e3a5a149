import type { Interview } from '#contract/onboarding.ts';

/** What an address says behind its question mark, before anybody has looked at it. */
type Search = Record<string, unknown>;

export const readOpen = ({ open }: Search): { open?: 'today' | 'compose' | 'calendar' } =>
  open === 'today' || open === 'compose' || open === 'calendar' ? { open } : {};

/** Only addresses of this installation: a link in a mail must not lead elsewhere after signing in. */
export const readNext = ({ next }: Search): { next?: string } =>
  typeof next === 'string' && /^\/(?![/\\])/.test(next) ? { next } : {};

const isId = (value: unknown): value is string => typeof value === 'string' && /^[\w-]{1,64}$/.test(value);

export const readKept = ({ kept }: Search): { kept?: string } => (isId(kept) ? { kept } : {});

/** What a figure is made of lies over any screen and stands in its address; the screens' own search is beside it. */
export const readEvidence = ({ evidence }: Search): { evidence?: string } =>
  typeof evidence === 'string' ? { evidence } : {};

const steps: readonly Interview['at'][] = ['business', 'buyers', 'accounts', 'minutes', 'wish', 'proposal'];
export function readStep(search: Search): { at?: Interview['at'] } {
  const at = steps.find((it) => it === search['at']);
  return at ? { at } : {};
}

export const readNetwork = ({ network }: Search): { network?: string } =>
  typeof network === 'string' ? { network } : {};

/** What a new post begins with. */
interface PostHints {
  goal?: string;
  on?: string;
  draft?: string;
  share?: string;
  begun?: boolean;
  idea?: string;
}
export const readHints = (search: Search): PostHints => ({
  ...(typeof search['idea'] === 'string' ? { idea: search['idea'].slice(0, 300) } : {}),
  ...(search['begun'] === true ? { begun: true } : {}),
  ...(typeof search['goal'] === 'string' ? { goal: search['goal'] } : {}),
  ...(typeof search['on'] === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(search['on']) ? { on: search['on'] } : {}),
  ...(isId(search['draft']) ? { draft: search['draft'] } : {}),
  ...(isId(search['share']) ? { share: search['share'] } : {}),
});

interface CalendarSearch {
  week?: string;
  month?: string;
  view?: 'week' | 'month' | 'list' | 'drafts';
}
export const readCalendar = ({ week, month, view }: Search): CalendarSearch => ({
  ...(typeof week === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(week) ? { week } : {}),
  ...(typeof month === 'string' && /^\d{4}-(0[1-9]|1[0-2])$/.test(month) ? { month } : {}),
  ...(view === 'list' || view === 'drafts' || view === 'month' ? { view } : {}),
});

export const readLedgerView = ({ show }: Search): { show?: 'decide' | 'due' | 'done' } =>
  show === 'decide' || show === 'due' || show === 'done' ? { show } : {};

export const readDays = ({ days }: Search): { days?: 1 | 30 } => (days === 1 || days === 30 ? { days } : {});

export const readUnread = ({ show }: Search): { show?: 'unread' } => (show === 'unread' ? { show } : {});
