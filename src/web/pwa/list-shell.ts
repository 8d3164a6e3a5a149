import type { Language } from '#contract/terms.ts';

/** What the service worker keeps of a build, so that the interface opens without a server. */
export interface Shell {
  /** Changes with whatever changes in the build. */
  version: string;
  /** The script that the page of this build begins with. */
  entry: string;
  /** Addresses of what is kept for everybody. */
  always: string[];
  /** What is kept for those who read a language. */
  ofLanguage: Partial<Record<string, string[]>>;
}

/** A file that Vite made, as its manifest names it. */
export interface BuiltFile {
  file: string;
  src?: string;
  isEntry?: boolean;
  css?: string[];
}

/** Letters beyond the Latin ones of English. */
const letters: Partial<Record<Language, RegExp>> = {
  th: /noto-sans-thai/,
  vi: /noto-sans-(vietnamese|latin-ext)/,
  eo: /noto-sans-latin-ext/,
};

/** Never needed offline: the practice network's screen, and what only browsers without Temporal download. */
const leftOut = /\/(practice|global\.esm)-[^/]+\.js$/;

/** Sorts a build into what everybody needs and what a language needs. `version` is left to who knows the bytes. */
export function listShell(built: readonly BuiltFile[], languages: readonly Language[]): Omit<Shell, 'version'> {
  const files = new Map<string, string>();
  for (const { file, src = '', css = [] } of built) {
    files.set(`/${file}`, src);
    for (const each of css) files.set(`/${each}`, '');
  }
  const ofLanguage: Record<string, string[]> = Object.fromEntries(languages.map((language) => [language, []]));
  const always: string[] = [];
  for (const [file, src] of files) {
    if (leftOut.test(file)) continue;
    const owners = languages.filter((language) => isOf(language, file, src));
    for (const language of owners) ofLanguage[language]?.push(file);
    const isCode = /\.(js|css)$/.test(file) && owners.length === 0;
    const isEnglish = owners.includes('en') || /noto-sans-latin-\d+-[^/]+\.woff2$/.test(file);
    if (isCode || isEnglish) always.push(file);
  }
  const entry = built.find((it) => it.isEntry && it.src?.endsWith('.html'))?.file ?? '';
  return { entry: `/${entry}`, always: always.sort(), ofLanguage };
}

/** A language's texts, its forms of dates and numbers, and its letters. */
const isOf = (language: Language, file: string, src: string): boolean =>
  new RegExp(`/texts/(${language}/[^/]+|${language})\\.json$`).test(src) ||
  new RegExp(`/words/${language}\\.gen\\.ts$`).test(src) ||
  (file.endsWith('.woff2') && letters[language]?.test(file) === true);
