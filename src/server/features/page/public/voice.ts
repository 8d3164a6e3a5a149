import type { Language } from '#contract/terms.ts';
import type { Texts } from '#server/platform/texts/index.ts';
import { createFormat, type Format, loadFormat } from '../../../../format/index.ts';

/** How a page speaks: its words, dates and numbers in the language of the page. */
export interface Voice {
  language: Language;
  /** A text of the namespace `page`. */
  t(key: string, params?: Record<string, unknown>): string;
  format: Format;
}

export async function createVoice(
  texts: Texts,
  { language, zone }: { language: Language; zone: string },
): Promise<Voice> {
  await loadFormat(language);
  return {
    language,
    t: (key, params) => texts.t(language, `page:${key}`, params),
    format: createFormat({ language, zone }),
  };
}
