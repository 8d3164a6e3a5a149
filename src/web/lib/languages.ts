import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import type { Language } from '#contract/terms.ts';
import { loadFormat } from '../../format/index.ts';
import { takeAhead } from './ahead.ts';
import { asLanguage, findTexts, guessLanguage, rememberLanguage } from './guess-language.ts';
import { nameManifest } from './name-manifest.ts';

/** Starts the texts in the person's language, these namespaces among them; resolves when the interface can be drawn. */
export async function startTexts(besides: readonly string[]): Promise<void> {
  const format = loadFormat(guessLanguage());
  await i18next
    .use({ type: 'backend' as const, init: () => undefined, read: readCatalogue })
    .use(initReactI18next)
    .init({
      lng: guessLanguage(),
      // Every language has every text: a second one is not downloaded to fall back on.
      fallbackLng: false,
      ns: ['first', 'metrics', ...besides],
      defaultNS: 'web',
      fallbackNS: 'first',
      interpolation: { escapeValue: false },
      react: { useSuspense: true },
    });
  await format;
  markDocument();
}

/** Changes the language of the interface and remembers it for this browser. */
export async function speak(language: Language): Promise<void> {
  rememberLanguage(language);
  if (i18next.language === language) return;
  await loadFormat(language);
  await i18next.changeLanguage(language);
  markDocument();
}

/** Fetches the texts that the first screen did without, before another screen has to wait for them. */
export const loadRest = (): Promise<void> => i18next.loadNamespaces('web');

/** The language the interface speaks now. */
export const spoken = (): Language => asLanguage(i18next.language) ?? guessLanguage();

function markDocument(): void {
  document.documentElement.lang = i18next.language;
  nameManifest(spoken());
}

function readCatalogue(
  language: string,
  namespace: string,
  done: (error: Error | null, texts: Record<string, unknown> | boolean) => void,
): void {
  const address = findTexts(language, namespace);
  if (address === undefined) {
    done(null, {});
    return;
  }
  (takeAhead(address) ?? fetch(address))
    .then((response) => response.json() as Promise<Record<string, unknown>>)
    .then((texts) => done(null, texts))
    // Asked again a few times: without them a screen would show the names of its texts.
    .catch((error: Error) => done(error, true));
}
