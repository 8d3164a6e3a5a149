import { findNearest } from './find-nearest.ts';
import type { Speech } from './speech.ts';

/** What is said of a word that is not known, and which known one may be meant; `before` is written before each. */
export function suggestNearest(
  speech: Speech,
  said: string,
  { typed, known, before = '' }: { typed: string; known: readonly string[]; before?: string },
): string {
  const nearest = findNearest(typed, known);
  return nearest === null ? said : `${said} ${speech.say('wrong.meant', { word: `${before}${nearest}` })}`;
}
