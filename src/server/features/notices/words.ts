import type { Notice } from '#contract/notices.ts';
import type { Language } from '#contract/terms.ts';
import { createTexts, type Texts } from '#server/platform/texts/index.ts';

const texts = createTexts();

/** A notice in words: what happened, and what is safe and what to do. */
export interface NoticeWords {
  title: string;
  text: string;
}

/** Says a notice in a language, as the interface says it. */
export function sayNotice(
  language: Language,
  { wording, names, count }: Pick<Notice, 'wording' | 'names' | 'count'>,
): NoticeWords {
  const params = { ...names, count };
  return {
    title: texts.t(language, `notices:wordings.${wording}.title`, params),
    text: texts.t(language, `notices:wordings.${wording}.text`, params),
  };
}

/** Any other text of the notices' own. */
export const say: Texts['t'] = (language, key, params) => texts.t(language, `notices:${key}`, params);
