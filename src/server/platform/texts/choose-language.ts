import { type Language, languages } from '#contract/terms.ts';

/** The language of ours that an `Accept-Language` header likes best; English when it names none of them. */
export function chooseLanguage(header: string | null | undefined): Language {
  const wishes = (header ?? '')
    .slice(0, 500)
    .split(',')
    .map((wish) => {
      const [tag = '', ...params] = wish.trim().toLowerCase().split(';');
      const quality = params.map((p) => /^\s*q=([\d.]+)\s*$/.exec(p)?.[1]).find((q) => q !== undefined);
      return { primary: tag.split('-')[0], quality: quality === undefined ? 1 : Number(quality) };
    })
    .filter(({ quality }) => quality > 0)
    .sort((a, b) => b.quality - a.quality);
  for (const { primary } of wishes) {
    const language = languages.find((each) => each === primary);
    if (language) return language;
  }
  return 'en';
}
