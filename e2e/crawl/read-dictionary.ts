import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Language } from '#contract/terms.ts';
import type { Dictionary } from './in-page.ts';

const root = path.join(import.meta.dirname, '../../src');

/** What is said inside the browser; what the demo's café says in its posts is nobody's text. */
const spoken = 'first,web,evidence,pwa,metrics,operator,notices,industries,today,refusals,page';

/** The texts of a language as the crawl needs them: to know a control by its text, and English where it should not be. */
export function readDictionary(language: Language): Dictionary {
  const own = readTexts(language);
  const english = readTexts('en');
  const keys = [...own].flatMap(([key, text]) => splitTags(text).map((part): [string, string] => [part, key]));
  // A word that is the same in both, or that means itself elsewhere, gives nothing away.
  const said = new Set([...own.values()].flatMap(splitTags));
  const strangers = [...english]
    .filter(([key, text]) => own.has(key) && own.get(key) !== text)
    .flatMap(([, text]) => splitTags(text))
    .filter((text) => !said.has(text));
  const roots = [...new Set([...english.keys()].map((key) => key.split('.')[0] ?? ''))];
  return { keys, strangers: language === 'en' ? [] : strangers, roots };
}

function readTexts(language: Language): Map<string, string> {
  const files = globSync([`texts/${language}/{${spoken}}.json`, `connectors/*/texts/${language}.json`], { cwd: root });
  return new Map(
    files.toSorted().flatMap((file) => flatten(JSON.parse(readFileSync(path.join(root, file), 'utf8')), '')),
  );
}

function flatten(texts: unknown, before: string): [string, string][] {
  if (typeof texts === 'string') return [[before, texts]];
  return Object.entries(texts as Record<string, unknown>).flatMap(([name, inner]) =>
    flatten(inner, before ? `${before}.${name}` : name),
  );
}

const splitTags = (text: string): string[] =>
  text
    .split(/<[^>]+>/)
    .map((part) => part.replace(/\s+/g, ' ').trim())
    .filter((part) => part.length > 2);
