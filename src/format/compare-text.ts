import type { FormatLanguage } from './words.ts';

/** A comparison for sorting: by the language's alphabet, numbers in texts by their value. */
export function createTextComparison(language: FormatLanguage): (left: string, right: string) => number {
  const collator = new Intl.Collator(language === 'eo' ? 'en' : language, { numeric: true });
  if (language !== 'eo') return collator.compare;
  return (left, right) => collator.compare(spellOut(left), spellOut(right));
}

/** U+FFFF sorts behind every letter, so that ĉ comes behind all of c and before d, as in the Esperanto alphabet. */
function spellOut(text: string): string {
  return text.normalize('NFC').replace(/[ĉĝĥĵŝŭĈĜĤĴŜŬ]/g, (letter) => `${letter.normalize('NFD').charAt(0)}\uFFFF`);
}
