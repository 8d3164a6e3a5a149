import { readFileSync } from 'node:fs';
import path from 'node:path';
import { type Language, languages } from '#contract/terms.ts';

/** The command line's words in one language. */
export interface Speech {
  language: Language;
  /** A text of the catalogue `cli`, its gaps filled; English where the language lacks it. */
  say(key: string, params?: Record<string, string | number>): string;
  /** The same, or null when there is none. */
  find(key: string): string | null;
}

const folder = path.join(import.meta.dirname, '../texts');

/** Makes the words of a language. */
export function createSpeech(language: Language): Speech {
  const own = readCatalogue(language);
  const english = language === 'en' ? own : readCatalogue('en');
  const find = (key: string) => lookUp(own, key) ?? lookUp(english, key);
  return {
    language,
    find,
    say: (key, params = {}) =>
      (find(key) ?? key).replace(/\{\{(\w+)\}\}/g, (gap, name: string) => String(params[name] ?? gap)),
  };
}

/** The language a terminal is set to, by POSIX's order of its variables; English when it is none of ours. */
export function chooseTerminalLanguage(env: Readonly<Record<string, string | undefined>>): Language {
  const locale = env['LC_ALL'] || env['LC_MESSAGES'] || env['LANG'] || '';
  const wished = locale.toLowerCase().split(/[_.@-]/)[0];
  return languages.find((language) => language === wished) ?? 'en';
}

const readCatalogue = (language: Language): unknown =>
  JSON.parse(readFileSync(path.join(folder, language, 'cli.json'), 'utf8'));

function lookUp(catalogue: unknown, key: string): string | null {
  let place = catalogue;
  for (const step of key.split('.'))
    place = typeof place === 'object' && place !== null ? (place as Record<string, unknown>)[step] : undefined;
  return typeof place === 'string' ? place : null;
}
