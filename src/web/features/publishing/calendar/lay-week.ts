import type { Post } from '#contract/posts.ts';
import { addDays } from '../../../lib/local-day.ts';
import { wallClock } from '../../../lib/wall-clock.ts';

/** A post at its place in the calendar. */
export interface Slot {
  post: Post;
  /** YYYY-MM-DDTHH:mm on the workspace's clock. */
  local: string;
}

export interface Day {
  /** YYYY-MM-DD */
  on: string;
  slots: Slot[];
}

/** The first day of the week a date lies in. `weekStartsOn` 0 is Sunday. */
export function weekOf(date: string, weekStartsOn: 0 | 1): string {
  const { dayOfWeek } = Temporal.PlainDate.from(date);
  return addDays(date, -((dayOfWeek - weekStartsOn + 7) % 7));
}

/** From the first instant of a local day to the first of the day `days` later. */
export function instantsOf(from: string, days: number, zone: string): { from: string; to: string } {
  const start = (date: string) => Temporal.PlainDate.from(date).toZonedDateTime(zone).toInstant().toString();
  return { from: start(from), to: start(addDays(from, days)) };
}

/**
 * Puts planned posts into days, each in the order of its hours. Days are the workspace's: a post planned in another
 * zone stands where it will really go out. Those in the hand (`places`) stand at their new place, also one carried here
 * from afar.
 */
export function layDays(
  posts: readonly Post[],
  { from, days, zone, places }: { from: string; days: number; zone: string; places?: ReadonlyMap<string, Slot> },
): Day[] {
  const laid = posts.flatMap((post) =>
    post.plannedFor && !places?.has(post.id) ? [{ post, local: localOf(post, post.plannedFor.at, zone) }] : [],
  );
  const slots = [...laid, ...(places?.values() ?? [])].sort((a, b) =>
    a.local < b.local ? -1 : a.local > b.local ? 1 : 0,
  );
  const byDay = Map.groupBy(slots, (it) => it.local.slice(0, 10));
  return Array.from({ length: days }, (_, index) => {
    const on = addDays(from, index);
    return { on, slots: byDay.get(on) ?? [] };
  });
}

/** Reckoned once a post: a month is laid anew with each step of a post that the keyboard carries. */
const reckoned = new WeakMap<Post, { zone: string; local: string }>();

function localOf(post: Post, at: string, zone: string): string {
  const known = reckoned.get(post);
  if (known?.zone === zone) return known.local;
  const local = wallClock(at, zone);
  reckoned.set(post, { zone, local });
  return local;
}

/** Do two lists have the same posts at the same times? */
export const isSameSlots = (one: readonly Slot[], other: readonly Slot[]): boolean =>
  one.length === other.length && one.every((it, at) => it.post === other[at]?.post && it.local === other[at]?.local);

/** The same hour on another day, or some minutes on. */
export function moveLocal(local: string, by: { days?: number; minutes?: number }): string {
  return Temporal.PlainDateTime.from(local)
    .add({ days: by.days ?? 0, minutes: by.minutes ?? 0 })
    .toString({ smallestUnit: 'minute' });
}
