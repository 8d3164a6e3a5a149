import { readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import type { Language } from '#contract/terms.ts';

/** Several short words in one text, as the catalogue keeps them. */
const Listed = z.string().transform((text) => text.split(' | '));
const words = <K extends string>(...names: K[]) =>
  z.object(Object.fromEntries(names.map((name) => [name, z.string()])) as Record<K, z.ZodString>);

const Cafe = z.object({
  business: z.string(),
  owner: z.string(),
  /** Of its own page. */
  address: z.string(),
  about: z.string(),
  pageTitle: z.string(),
  links: words('menu', 'way'),
  objectives: words('mornings', 'regulars', 'known'),
  why: words('mornings', 'regulars', 'known'),
  goals: words('talk', 'followers', 'visits', 'clicks', 'rhythm'),
  means: words('camera', 'hour', 'sign'),
  initiatives: words('dish', 'questions', 'follow', 'page'),
  risks: words('dish', 'answer'),
  channels: words('square', 'lane'),
  purposes: words('square', 'lane', 'page'),
  posts: z.record(z.string(), z.string()),
  dishes: Listed,
  cakes: Listed,
  people: Listed,
  comments: Listed,
  hold: z.string(),
  drafts: words('menu', 'music', 'help'),
});

/** Everything that is said in the café of one language. */
export type CafeWords = z.infer<typeof Cafe>;

/** Reads what is said in the café of a language. */
export function readCafeWords(language: Language): CafeWords {
  const file = path.join(import.meta.dirname, '../../../texts', language, 'demo.json');
  return z.object({ cafe: Cafe }).parse(JSON.parse(readFileSync(file, 'utf8'))).cafe;
}

/** Fills the gaps of a post's text. */
export const fill = (text: string, gaps: Record<string, string>): string =>
  text.replace(/\{\{(\w+)\}\}/g, (_, name: string) => gaps[name] ?? '');

/** Where the café of each language stands. */
export const cafeZones: Record<Language, string> = {
  en: 'Europe/London',
  th: 'Asia/Bangkok',
  vi: 'Asia/Ho_Chi_Minh',
  id: 'Asia/Jakarta',
  eo: 'Europe/Warsaw',
};
