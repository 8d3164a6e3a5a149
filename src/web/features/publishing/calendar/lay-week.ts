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
 * zone stands where it will really go out.
 */
export function layDays(posts: (Post & { heldAt?: string })[], from: string, days: number, zone: string): Day[] {
  const slots = posts
    .flatMap(({ heldAt, ...post }) => {
      const local = heldAt ?? (post.plannedFor ? wallClock(post.plannedFor.at, zone) : null);
      return local === null ? [] : [{ post, local }];
    })
    .sort((a, b) => (a.local < b.local ? -1 : a.local > b.local ? 1 : 0));
  return Array.from({ length: days }, (_, index) => {
    const on = addDays(from, index);
    return { on, slots: slots.filter((it) => it.local.startsWith(on)) };
  });
}

/** The posts as they stand while some of them are in the hand: those at their new place, and one carried here from afar. */
export function placeHeld(posts: Post[], places: ReadonlyMap<string, Slot>): (Post & { heldAt?: string })[] {
  const others = posts.filter((it) => !places.has(it.id));
  return [...others, ...[...places.values()].map(({ post, local }) => ({ ...post, heldAt: local }))];
}

/** The same hour on another day, or some minutes on. */
export function moveLocal(local: string, by: { days?: number; minutes?: number }): string {
  return Temporal.PlainDateTime.from(local)
    .add({ days: by.days ?? 0, minutes: by.minutes ?? 0 })
    .toString({ smallestUnit: 'minute' });
}
