import { createTextComparison } from './compare-text.ts';
import { type Moment, readMoment } from './moment.ts';
import { type NumberOptions, printList, printNumber } from './print-number.ts';
import { printPattern } from './print-pattern.ts';
import { printRelative } from './print-relative.ts';
import { type FormatLanguage, getWords } from './words.ts';

export type NameWidth = 'wide' | 'short' | 'narrow';

/** Prints for a reader: the same text on the server and in every browser. */
export interface Format {
  language: FormatLanguage;
  zone: string;
  /** Nov 22, 2026 */
  date(moment: Moment): string;
  /** November 22, 2026 */
  longDate(moment: Moment): string;
  /** Sunday, November 22, 2026 */
  fullDate(moment: Moment): string;
  /** Sun, Nov 22, 2026 */
  weekdayDate(moment: Moment): string;
  /** Nov 22 */
  dayMonth(moment: Moment): string;
  /** November 2026 */
  monthYear(moment: Moment): string;
  /** As an input shows a date: in Thai with both years. */
  dateForInput(moment: Moment): string;
  /** 4:25 PM */
  time(moment: Moment): string;
  /** Nov 22, 2026, 4:25 PM */
  dateTime(moment: Moment): string;
  /** November 22, 2026 at 4:25 PM */
  longDateTime(moment: Moment): string;
  weekday(moment: Moment, width?: NameWidth): string;
  month(moment: Moment, width?: 'wide' | 'short'): string;
  /** The seven names in the order of the language's week. */
  weekdays(width?: NameWidth): string[];
  number(value: number, options?: NumberOptions): string;
  /** A share: 0.25 is 25 %. At most one digit after the decimal sign unless told. */
  percent(share: number, options?: NumberOptions): string;
  /** yesterday, in 3 hours */
  relative(moment: Moment, now: Moment): string;
  /** A, B, and C */
  list(items: readonly string[]): string;
  /** For sorting. */
  compare(left: string, right: string): number;
  /** First day of the week; 0 is Sunday. */
  weekStartsOn: 0 | 1;
}

/** Makes the format of a language (loaded before by `loadFormat`) and an IANA zone. */
export function createFormat({ language, zone }: { language: FormatLanguage; zone: string }): Format {
  const words = getWords(language);
  const { patterns } = words;
  const printer =
    (pattern: string) =>
    (moment: Moment): string =>
      printPattern(pattern, readMoment(moment, zone), words, language);
  const [date, longDate, time] = [printer(patterns.date), printer(patterns.longDate), printer(patterns.time)];
  const join = (joint: string, day: string, hour: string): string =>
    printPattern(joint, NO_PARTS, words, language).replace('{1}', day).replace('{0}', hour);
  const weekStartsOn = weekStarts[language];
  const weekdayNames = { wide: words.weekdaysWide, short: words.weekdaysShort, narrow: words.weekdaysNarrow };
  return {
    language,
    zone,
    date,
    longDate,
    fullDate: printer(patterns.fullDate),
    weekdayDate: printer(patterns.weekdayDate),
    dayMonth: printer(patterns.dayMonth),
    monthYear: printer(patterns.monthYear),
    dateForInput: (moment) => date(moment) + (language === 'th' ? ` (${readMoment(moment, zone).year})` : ''),
    time,
    dateTime: (moment) => join(patterns.dateTime, date(moment), time(moment)),
    longDateTime: (moment) => join(patterns.longDateTime, longDate(moment), time(moment)),
    weekday: (moment, width = 'wide') => weekdayNames[width][readMoment(moment, zone).weekday] ?? '',
    month: (moment, width = 'wide') =>
      (width === 'wide' ? words.monthsAlone : words.monthsShort)[readMoment(moment, zone).month - 1] ?? '',
    weekdays: (width = 'short') => {
      const names = weekdayNames[width];
      return [...names.slice(weekStartsOn), ...names.slice(0, weekStartsOn)];
    },
    number: (value, options) => printNumber(value, words, options),
    percent: (share, options) =>
      Number.isFinite(share)
        ? words.percent.replace('#', printNumber(share * 100, words, { maxDigits: 1, ...options }))
        : printNumber(share, words),
    relative: (moment, now) => printRelative(moment, now, { zone, words, language }),
    list: (items) => printList(items, language),
    compare: createTextComparison(language),
    weekStartsOn,
  };
}

/** Joints hold quoted words only. */
const NO_PARTS = { year: 0, month: 0, day: 0, hour: 0, minute: 0, second: 0, weekday: 0 };

/** From CLDR 48, week data of US, TH, VN, ID and the world, 2026-11-22. */
const weekStarts: Record<FormatLanguage, 0 | 1> = { en: 0, th: 0, vi: 1, id: 0, eo: 1 };
