import type { ClockParts } from './moment.ts';
import type { FormatLanguage, Words } from './words.ts';

/** Prints a moment by a pattern in CLDR's letters, of which it knows those that the words use; throws at any other. */
export function printPattern(pattern: string, parts: ClockParts, words: Words, language: FormatLanguage): string {
  return pattern.replace(token, (text, quoted: string | undefined) => {
    if (quoted !== undefined) return quoted;
    const print = letters[text];
    if (!print) throw new Error(`The pattern letter "${text}" is not known.`);
    return print(parts, words, language);
  });
}

/** Year as it is written: Thai counts from the Buddha. */
export function writtenYear(year: number, language: FormatLanguage): number {
  return language === 'th' ? year + 543 : year;
}

const token = /'([^']*)'|([a-zA-Z])\2*/g;

const two = (value: number): string => String(value).padStart(2, '0');
const half = (hour: number): number => hour % 12 || 12;

const letters: Record<string, (parts: ClockParts, words: Words, language: FormatLanguage) => string> = {
  y: ({ year }, _words, language) => String(writtenYear(year, language)),
  G: (_parts, _words, language) => (language === 'th' ? 'พ.ศ.' : ''),
  M: ({ month }) => String(month),
  MM: ({ month }) => two(month),
  MMM: ({ month }, { monthsShort }) => monthsShort[month - 1] ?? '',
  MMMM: ({ month }, { monthsWide }) => monthsWide[month - 1] ?? '',
  d: ({ day }) => String(day),
  dd: ({ day }) => two(day),
  E: ({ weekday }, { weekdaysShort }) => weekdaysShort[weekday] ?? '',
  EEEE: ({ weekday }, { weekdaysWide }) => weekdaysWide[weekday] ?? '',
  h: ({ hour }) => String(half(hour)),
  H: ({ hour }) => String(hour),
  HH: ({ hour }) => two(hour),
  mm: ({ minute }) => two(minute),
  a: ({ hour }, { am, pm }) => (hour < 12 ? am : pm),
};
