/** Languages of the interface. */
export const formatLanguages = ['en', 'th', 'vi', 'id', 'eo'] as const;
export type FormatLanguage = (typeof formatLanguages)[number];

/** One unit of `relative`: what the step before, now and after is called, and the patterns for other distances. */
export interface RelativeWords {
  previous: string | null;
  current: string;
  next: string | null;
  /** By plural: one, other. `{0}` is the number. */
  past: { one: string; other: string };
  future: { one: string; other: string };
}

export type RelativeUnit = 'second' | 'minute' | 'hour' | 'day' | 'week' | 'month' | 'year';

/**
 * What a language needs, cut out of CLDR by `tools/make-format-words.ts`. We print by these alone and not by the
 * reader's `Intl`, because browsers differ from each other and from the server, and Chromium knows no Esperanto.
 */
export interface Words {
  monthsWide: string[];
  /** As they stand alone: Vietnamese has a capital there. */
  monthsAlone: string[];
  monthsShort: string[];
  /** From Sunday. */
  weekdaysWide: string[];
  weekdaysShort: string[];
  /** For the head of a calendar. */
  weekdaysNarrow: string[];
  am: string;
  pm: string;
  /** In CLDR's letters. */
  patterns: {
    date: string;
    longDate: string;
    fullDate: string;
    weekdayDate: string;
    dayMonth: string;
    monthYear: string;
    time: string;
    /** `{1}` date, `{0}` time. */
    dateTime: string;
    longDateTime: string;
  };
  decimal: string;
  group: string;
  percent: string;
  relative: Record<RelativeUnit, RelativeWords>;
}

const loaded = new Map<FormatLanguage, Words>();

/**
 * Loads a language's words; call it before `createFormat`, together with its texts. Each language is a file of its own,
 * so a browser fetches only those it shows.
 */
export async function loadFormat(language: FormatLanguage): Promise<void> {
  if (!loaded.has(language)) loaded.set(language, await readers[language]());
}

/** Loads every language, for the server. */
export async function loadAllFormats(): Promise<void> {
  await Promise.all(formatLanguages.map(loadFormat));
}

/** The words of a language that was loaded; throws when it was not. */
export function getWords(language: FormatLanguage): Words {
  const words = loaded.get(language);
  if (!words) throw new Error(`The format of "${language}" is not loaded; await loadFormat first.`);
  return words;
}

const readers: Record<FormatLanguage, () => Promise<Words>> = {
  en: async () => (await import('./words/en.gen.json', { with: { type: 'json' } })).default,
  th: async () => (await import('./words/th.gen.json', { with: { type: 'json' } })).default,
  vi: async () => (await import('./words/vi.gen.json', { with: { type: 'json' } })).default,
  id: async () => (await import('./words/id.gen.json', { with: { type: 'json' } })).default,
  eo: async () => (await import('./words/eo.gen.json', { with: { type: 'json' } })).default,
};
