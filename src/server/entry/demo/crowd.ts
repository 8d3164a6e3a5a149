import { nth as pick } from './cafe-plan.ts';
import type { CafeWords } from './cafe-words.ts';

/** A post that stands on the practice network. */
export interface LivePost {
  /** The network's id. */
  post: string;
  handle: string;
  day: number;
  /** Likes at the end. */
  draw: number;
  /** Whether people answer it. */
  asks: boolean;
}

/** What people did on one day, as control takes it. */
export interface CrowdOfDay {
  likes: { by: string; post: string }[];
  shares: { by: string; post: string }[];
  comments: { by: string; post: string; text: string; language: string }[];
  views: { post: string; count: number }[];
  follows: { by: string; handle: string }[];
}

/** Handles of the people of the town. */
export const personHandle = (index: number): string => `neighbour-${index + 1}`;

/** After these days nobody looks at a post any more. */
const LONGEST_DAYS = 12;

/** The share of all that will come that has come by the end of a day: most of it at once. */
const soFar = (age: number): number => (age < 0 ? 0 : 1 - Math.exp(-(age + 0.7) / 1.8));

/**
 * What the people of the town do on one day: the younger a post the more, and more from month to month. The same every
 * time it is asked.
 */
export function actOnDay(posts: readonly LivePost[], day: number, words: CafeWords & { language: string }): CrowdOfDay {
  const people = words.people.length;
  const crowd: CrowdOfDay = { likes: [], shares: [], comments: [], views: [], follows: [] };
  posts.forEach((it, index) => {
    const age = day - it.day;
    if (age < 0 || age > LONGEST_DAYS) return;
    const all = Math.min(people - 2, Math.round(it.draw * (1 + it.day / 60) + (noise(index) - 0.5) * 4));
    const count = (total: number): [number, number] => [
      Math.round(total * soFar(age - 1)),
      Math.round(total * soFar(age)),
    ];
    const by = (nth: number, of: number) => personHandle((index * 7 + nth * of) % people);
    each(count(all), (nth) => crowd.likes.push({ by: by(nth, 1), post: it.post }));
    each(count(all / 7), (nth) => crowd.shares.push({ by: by(nth, 3), post: it.post }));
    each(count(it.asks ? all / 4 : all / 11), (nth) => {
      const text = pick(words.comments, index * 3 + nth);
      crowd.comments.push({ by: by(nth, 5), post: it.post, text, language: words.language });
    });
    const [seen, seenNow] = count(all * 8 + 20);
    if (seenNow > seen) crowd.views.push({ post: it.post, count: seenNow - seen });
  });
  // Somebody new every few days, on the square sooner than in the lane.
  if (day % 4 === 1) crowd.follows.push({ by: personHandle(6 + Math.floor(day / 4)), handle: 'square' });
  if (day % 6 === 2) crowd.follows.push({ by: personHandle(4 + Math.floor(day / 6)), handle: 'lane' });
  return crowd;
}

function each([from, to]: [number, number], act: (nth: number) => void): void {
  for (let nth = from; nth < to; nth += 1) act(nth);
}

/** Between 0 and 1, the same for the same seed. */
export function noise(seed: number): number {
  const x = Math.sin(seed * 12.9898 + 78.233) * 43_758.5453;
  return x - Math.floor(x);
}
