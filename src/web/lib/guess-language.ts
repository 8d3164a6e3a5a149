import type { Language } from '#contract/terms.ts';

const kept = 'goalpost.language';

// As files of their own, fetched when first needed: texts are not code.
const catalogues = {
  ...import.meta.glob<string>(
    '../../texts/*/{first,web,metrics,operator,notices,industries,today,evidence,status,pwa}.json',
    {
      query: '?url',
      import: 'default',
      eager: true,
    },
  ),
  ...import.meta.glob<string>('../../connectors/*/texts/*.json', { query: '?url', import: 'default', eager: true }),
};

/**
 * Where the texts of a namespace stand: `first` (what the first screen and everything around
 * a screen says), `web` (all else), `metrics` and the like in src/texts, `network-<id>` in that network's
 * folder. Undefined when there are none.
 */
export function findTexts(language: string, namespace: string): string | undefined {
  const network = namespace.startsWith('network-') ? namespace.slice('network-'.length) : null;
  return catalogues[
    network ? `../../connectors/${network}/texts/${language}.json` : `../../texts/${language}/${namespace}.json`
  ];
}

/** A language of ours by its tag. */
export const asLanguage = (tag: string): Language | undefined =>
  findTexts(tag, 'web') === undefined ? undefined : (tag as Language);

/** The language that was spoken here last, else the first of the browser's that is one of ours. */
export function guessLanguage(): Language {
  for (const wish of [localStorage.getItem(kept) ?? '', ...navigator.languages]) {
    const language = asLanguage(wish.slice(0, 2));
    if (language) return language;
  }
  return 'en';
}

/** Remembers for this browser what is spoken. */
export const rememberLanguage = (language: Language): void => localStorage.setItem(kept, language);
