import { type CafeWords, fill } from './cafe-words.ts';

/** How many days of history a café has. */
export const HISTORY_DAYS = 91;
/** How many days ahead its calendar is filled. */
export const AHEAD_DAYS = 14;

/** What goes wrong, or is done, around one post of the history. */
export type Incident =
  | 'rate-limited'
  | 'answer-lost'
  | 'not-taken'
  | 'held'
  | 'revoked'
  | 'corrected'
  | 'taken-down'
  | 'failed-on-their-side';

/** One post of the plan. */
export interface PlannedPost {
  /** Days since the first day of the history. */
  day: number;
  /** Wall-clock time, HH:mm. */
  time: string;
  text: string;
  firstComment: string | null;
  pillar: 'promote' | 'teach' | 'engage' | 'curate' | 'news' | 'proof';
  serves: 'dish' | 'questions' | 'follow' | 'page' | 'talk' | 'visits';
  on: readonly ('square' | 'lane' | 'page')[];
  /** How many people will like it at the end, before the café grew. */
  draw: number;
  incident: Incident | null;
}

/** By weekday, Monday first; nothing on Sundays. */
const week = [
  { kind: 'special', time: '08:10', pillar: 'news', serves: 'dish', on: ['square', 'page'], draw: 7 },
  { kind: 'tip', time: '12:15', pillar: 'teach', serves: 'visits', on: ['square', 'page'], draw: 6 },
  { kind: 'question', time: '17:40', pillar: 'engage', serves: 'questions', on: ['square', 'lane'], draw: 10 },
  { kind: 'guest', time: '09:30', pillar: 'proof', serves: 'talk', on: ['lane', 'page'], draw: 8 },
  { kind: 'weekend', time: '16:05', pillar: 'promote', serves: 'follow', on: ['square', 'lane'], draw: 9 },
  { kind: 'street', time: '10:20', pillar: 'curate', serves: 'page', on: ['lane'], draw: 5 },
] as const;

/** Which week (from 0) and weekday (from 0) something happens in. */
const incidents: readonly { week: number; weekday: number; incident: Incident }[] = [
  { week: 2, weekday: 1, incident: 'rate-limited' },
  { week: 3, weekday: 2, incident: 'answer-lost' },
  { week: 4, weekday: 4, incident: 'not-taken' },
  { week: 5, weekday: 2, incident: 'held' },
  { week: 6, weekday: 0, incident: 'revoked' },
  { week: 7, weekday: 0, incident: 'corrected' },
  { week: 8, weekday: 4, incident: 'taken-down' },
  { week: 9, weekday: 2, incident: 'failed-on-their-side' },
  { week: 10, weekday: 4, incident: 'answer-lost' },
  { week: 12, weekday: 1, incident: 'not-taken' },
];

/**
 * Plans all posts of a café, history and calendar, in the order in which they are due. `firstWeekday` is the weekday (0:
 * Monday) of the first day.
 */
export function planPosts(words: CafeWords, firstWeekday: number): PlannedPost[] {
  const planned: PlannedPost[] = [];
  for (let day = 0; day <= HISTORY_DAYS + AHEAD_DAYS; day += 1) {
    const weekday = (firstWeekday + day) % 7;
    const weekNumber = Math.floor((firstWeekday + day) / 7);
    const usual = week[weekday];
    if (!usual) continue;
    const { kind, ...rest } = usual;
    const incident = incidents.find((it) => it.week === weekNumber && it.weekday === weekday)?.incident ?? null;
    planned.push({
      ...rest,
      day,
      text: textOf(words, kind, weekNumber),
      firstComment: kind === 'weekend' ? (words.posts['weekendComment'] ?? null) : null,
      incident: day < HISTORY_DAYS ? incident : null,
    });
  }
  return planned;
}

/** The text of a corrected special. */
export const correctedText = (words: CafeWords, day: number, firstWeekday: number): string =>
  fill(words.posts['corrected'] ?? '', { dish: nth(words.dishes, Math.floor((firstWeekday + day) / 7)) });

function textOf(words: CafeWords, kind: (typeof week)[number]['kind'], number: number): string {
  switch (kind) {
    case 'special':
      return fill(words.posts['special'] ?? '', { dish: nth(words.dishes, number) });
    case 'weekend':
      return fill(words.posts['weekend'] ?? '', { cake: nth(words.cakes, number) });
    case 'tip':
    case 'question':
      return words.posts[`${kind}${(number % 7) + 1}`] ?? '';
    case 'guest':
    case 'street':
      return words.posts[`${kind}${(number % 6) + 1}`] ?? '';
  }
}

/** Of a list that begins anew when it is over. */
export const nth = (list: readonly string[], index: number): string => list[index % list.length] ?? '';
