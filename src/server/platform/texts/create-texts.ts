import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import i18next from 'i18next';
import type { Language } from '#contract/terms.ts';

/** The words of Goalpost in its languages, from the catalogue that the web uses as well. */
export interface Texts {
  /**
   * One text. `key` is `namespace:path.in.it`; `params` fill its gaps and `count` chooses its plural. A text that a
   * language lacks comes in English; a key that no language has comes back as it is.
   */
  t(language: Language, key: string, params?: Record<string, unknown>): string;
  /** Whether English has the text. */
  has(key: string): boolean;
}

/** Makes the texts of a process. A language's namespace is read when its first text is asked for, and kept. */
export function createTexts({ folder = catalogue }: { folder?: string } = {}): Texts {
  const engine = i18next.createInstance();
  // Without a backend and with `initAsync` off this is done before it returns.
  void engine.init({
    initAsync: false,
    fallbackLng: 'en',
    ns: [],
    resources: {},
    returnNull: false,
    interpolation: { escapeValue: false },
  });
  const read = new Set<string>();
  const load = (language: Language, key: string) => {
    const [namespace] = key.split(':', 1);
    if (!namespace) return;
    for (const each of new Set<Language>([language, 'en'])) {
      const place = `${each}/${namespace}`;
      if (read.has(place)) continue;
      read.add(place);
      const file = path.join(folder, `${place}.json`);
      if (existsSync(file))
        engine.addResourceBundle(each, namespace, JSON.parse(readFileSync(file, 'utf8')), true, true);
    }
  };
  return {
    t(language, key, params = {}) {
      load(language, key);
      return engine.t(key, { ...params, lng: language });
    },
    has(key) {
      load('en', key);
      return engine.exists(key, { lng: 'en' });
    },
  };
}

const catalogue = path.join(import.meta.dirname, '../../../texts');
