import type { Post } from '#contract/posts.ts';
import { moveLocal } from './lay-week.ts';

/** Why a post stands where it stands: it is live, on its way, or waits for a decision elsewhere. */
export type WhyFixed = 'live' | 'on-its-way' | 'unconfirmed' | 'failed' | 'held';

const fixed: Partial<Record<Post['state'], WhyFixed>> = {
  published: 'live',
  'partly-published': 'live',
  publishing: 'on-its-way',
  unconfirmed: 'unconfirmed',
  failed: 'failed',
  held: 'held',
};

/** Why a post cannot be moved; null when it can. */
export const whyFixed = (post: Pick<Post, 'state'>): WhyFixed | null => fixed[post.state] ?? null;

const quarter = 15;

/**
 * The time (HH:mm) of a post dropped between two others of a day: its own where it fits, else half-way between them to
 * the quarter of an hour, an hour before the first, or an hour after the last. It never leaves the day.
 */
export function timeBetween(own: string, before: string | null, after: string | null): string {
  if ((before === null || own >= before) && (after === null || own <= after)) return own;
  if (before !== null && after !== null) {
    const [from, to] = [minutesOf(before), minutesOf(after)];
    const middle = Math.round((from + to) / 2 / quarter) * quarter;
    return timeOf(middle >= from && middle <= to ? middle : Math.floor((from + to) / 2));
  }
  if (before !== null) return timeOf(Math.min(minutesOf(before) + 60, 24 * 60 - 1));
  return timeOf(Math.max(minutesOf(after ?? own) - 60, 0));
}

/** A time of today that is over becomes the next half hour from now; `now` is the wall clock, YYYY-MM-DDTHH:mm. */
export function notBefore(local: string, now: string): string {
  if (local > now) return local;
  const minutes = 30 - (minutesOf(now.slice(11)) % 30);
  return local.slice(0, 10) === now.slice(0, 10) ? moveLocal(now, { minutes }) : local;
}

const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));

const timeOf = (minutes: number): string =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
