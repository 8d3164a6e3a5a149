import type { FormatLanguage, Words } from './words.ts';

export interface NumberOptions {
  /** Digits after the decimal sign at most; 0 for whole numbers, 2 when absent. */
  maxDigits?: number;
  /** Digits after it at least; none when absent. */
  minDigits?: number;
  /** Shows `+` before what is more than zero. */
  sign?: boolean;
}

/** Prints a number with the language's signs. What is not finite is printed as a dash: it is never a figure. */
export function printNumber(value: number, words: Words, options: NumberOptions = {}): string {
  if (!Number.isFinite(value)) return '–';
  const { maxDigits = 2, minDigits = 0, sign = false } = options;
  const digits = new Intl.NumberFormat('en-US', {
    maximumFractionDigits: Math.max(maxDigits, minDigits),
    minimumFractionDigits: minDigits,
    signDisplay: sign ? 'exceptZero' : 'negative',
  });
  return digits
    .formatToParts(value)
    .map(({ type, value: text }) => {
      if (type === 'group') return words.group;
      if (type === 'decimal') return words.decimal;
      return type === 'minusSign' ? '−' : text;
    })
    .join('');
}

/** Joins a list as the language does. */
export function printList(items: readonly string[], language: FormatLanguage): string {
  const { middle, last, pair } = joints[language];
  const [first = '', second = ''] = items;
  if (items.length < 2) return first;
  if (items.length === 2) return first + pair + second;
  return items.slice(0, -1).join(middle) + last + items.at(-1);
}

/** From CLDR 48, list patterns of type `standard`, 2026-11-22. */
const joints: Record<FormatLanguage, { middle: string; last: string; pair: string }> = {
  en: { middle: ', ', last: ', and ', pair: ' and ' },
  th: { middle: ' ', last: ' และ', pair: 'และ' },
  vi: { middle: ', ', last: ' và ', pair: ' và ' },
  id: { middle: ', ', last: ', dan ', pair: ' dan ' },
  eo: { middle: ', ', last: ' kaj ', pair: ' kaj ' },
};
