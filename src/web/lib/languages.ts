import { languages } from 'virtual:contract';
import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import type { Language } from '#contract/terms.ts';
import { loadFormat } from '../../format/index.ts';

// As files of their own, fetched when first needed: texts are not code.
const catalogues = {
  ...import.meta.glob<string>('../../texts/*/{web,metrics,operator,notices,industries,today,evidence,pwa}.json', {
    query: '?url',
    import: 'default',
    eager: true,
  }),
  ...import.meta.glob<string>('../../connectors/*/texts/*.json', { query: '?url', import: 'default', eager: true }),
};

const kept = 'goalpost.language';

/** Starts the texts in the person's language, these namespaces among them; resolves when the interface can be drawn. */
export async function startTexts(besides: readonly string[]): Promise<void> {
  const format = loadFormat(guessLanguage());
  await i18next
    .use({ type: 'backend' as const, init: () => undefined, read: readCatalogue })
    .use(initReactI18next)
    .init({
      lng: guessLanguage(),
      fallbackLng: 'en',
      ns: ['web', 'metrics', ...besides],
      defaultNS: 'web',
      interpolation: { escapeValue: false },
      react: { useSuspense: true },
    });
  await format;
  markDocument();
}

/** Changes the language of the interface and remembers it for this browser. */
export async function speak(language: Language): Promise<void> {
  localStorage.setItem(kept, language);
  if (i18next.language === language) return;
  await loadFormat(language);
  await i18next.changeLanguage(language);
  markDocument();
}

/** The language the interface speaks now. */
export const spoken = (): Language => asLanguage(i18next.language) ?? guessLanguage();

function guessLanguage(): Language {
  const wishes = [localStorage.getItem(kept) ?? '', ...navigator.languages];
  for (const wish of wishes) {
    const language = asLanguage(wish.slice(0, 2));
    if (language) return language;
  }
  return 'en';
}

/** A language of ours by its tag. */
export const asLanguage = (tag: string): Language | undefined => languages.find((it) => it === tag);

function markDocument(): void {
  document.documentElement.lang = i18next.language;
  // What the device shows of an installed Goalpost is in the person's language too.
  document
    .querySelector('link[rel="manifest"]')
    ?.setAttribute('href', `/manifest.${asLanguage(i18next.language) ?? 'en'}.webmanifest`);
}

/** `web`, `metrics` and `operator` stand in src/texts; a namespace `network-<id>` stands in that network's folder. */
function readCatalogue(
  language: string,
  namespace: string,
  done: (error: Error | null, texts: Record<string, unknown> | null) => void,
): void {
  const network = namespace.startsWith('network-') ? namespace.slice('network-'.length) : null;
  const path = network
    ? `../../connectors/${network}/texts/${language}.json`
    : `../../texts/${language}/${namespace}.json`;
  const address = catalogues[path];
  if (address === undefined) {
    done(null, {});
    return;
  }
  fetch(address)
    .then((response) => response.json() as Promise<Record<string, unknown>>)
    .then((texts) => done(null, texts))
    .catch((error: Error) => done(error, null));
}
