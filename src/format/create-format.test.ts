import { beforeAll, describe, expect, test } from 'vitest';
import { createFormat, formatLanguages, loadAllFormats } from './index.ts';

beforeAll(loadAllFormats);

const at = '2026-11-22T09:05:00Z';
const zone = 'Asia/Bangkok';

/** What the browser must print too, letter by letter. */
const printed = {
  en: 'Nov 22, 2026 | November 22, 2026 | Sunday, November 22, 2026 | Sun, Nov 22, 2026 | Nov 22 | November 2026 | 4:05 PM | Nov 22, 2026, 4:05 PM | November 22, 2026 at 4:05 PM | 1,234,567.89 | −5 | 12.3% | A, B, and C | Nov 22, 2026',
  th: '22 พ.ย. 2569 | 22 พฤศจิกายน พ.ศ. 2569 | วันอาทิตย์ที่ 22 พฤศจิกายน พ.ศ. 2569 | อาทิตย์ 22 พ.ย. 2569 | 22 พ.ย. | พฤศจิกายน 2569 | 16:05 | 22 พ.ย. 2569 16:05 | 22 พฤศจิกายน พ.ศ. 2569 เวลา 16:05 | 1,234,567.89 | −5 | 12.3% | A B และC | 22 พ.ย. 2569 (2026)',
  vi: '22 thg 11, 2026 | 22 tháng 11, 2026 | Chủ Nhật, 22 tháng 11, 2026 | CN, 22 thg 11, 2026 | 22 thg 11 | tháng 11 năm 2026 | 16:05 | 16:05 22 thg 11, 2026 | lúc 16:05 22 tháng 11, 2026 | 1.234.567,89 | −5 | 12,3% | A, B và C | 22 thg 11, 2026',
  id: '22 Nov 2026 | 22 November 2026 | Minggu, 22 November 2026 | Min, 22 Nov 2026 | 22 Nov | November 2026 | 16.05 | 22 Nov 2026 16.05 | 22 November 2026 pukul 16.05 | 1.234.567,89 | −5 | 12,3% | A, B, dan C | 22 Nov 2026',
  eo: '22 Nov 2026 | la 22-a de Novembro 2026 | dimanĉo, la 22-a de Novembro 2026 | di, 22 Nov 2026 | 22 Nov | Novembro 2026 | 16:05 | 22 Nov 2026, 16:05 | la 22-a de Novembro 2026 je 16:05 | 1\u00A0234\u00A0567,89 | −5 | 12,3% | A, B kaj C | 22 Nov 2026',
};

describe.each(formatLanguages)('%s', (language) => {
  test('prints what is written down here', () => {
    const f = createFormat({ language, zone });
    const dates = [
      f.date,
      f.longDate,
      f.fullDate,
      f.weekdayDate,
      f.dayMonth,
      f.monthYear,
      f.time,
      f.dateTime,
      f.longDateTime,
    ];
    const figures = [
      f.number(1_234_567.891),
      f.number(-5),
      f.percent(0.1234),
      f.list(['A', 'B', 'C']),
      f.dateForInput(at),
    ];
    expect([...dates.map((print) => print(at)), ...figures].join(' | ')).toBe(printed[language]);
  });

  test('has a name for every month and weekday, and every relative unit in both directions', () => {
    const f = createFormat({ language, zone });
    for (let month = 1; month <= 12; month++) {
      const day = `2026-${String(month).padStart(2, '0')}-15`;
      expect(f.month(day)).not.toBe('');
      expect(f.month(day, 'short')).not.toBe('');
    }
    for (const width of ['wide', 'short', 'narrow'] as const) expect(new Set(f.weekdays(width)).size).toBe(7);
    const hours = [0.5, 5, 50, 24 * 10, 24 * 70, 24 * 900];
    const said = hours.flatMap((h) => [-h, h]).map((h) => f.relative(Date.parse(at) + h * 3_600_000, at));
    expect(new Set(said).size).toBe(said.length);
    expect(said.join()).not.toMatch(/[{}]|undefined/);
  });

  test('holds no blank that some fonts lack', () => {
    const f = createFormat({ language, zone });
    expect([f.time(at), f.fullDate(at), f.dateTime(at), f.number(1e9), f.percent(0.5)].join()).not.toMatch(
      /[\u202F\u2009]/,
    );
  });
});

test('shows an instant in its zone, and a wall clock as it stands', () => {
  const f = createFormat({ language: 'en', zone: 'America/New_York' });
  expect(f.dateTime('2026-11-22T03:30:00Z')).toBe('Nov 21, 2026, 10:30 PM');
  expect(f.dateTime(new Date('2026-11-22T05:00:00Z'))).toBe('Nov 22, 2026, 12:00 AM');
  expect(f.dateTime('2026-11-22T03:30')).toBe('Nov 22, 2026, 3:30 AM');
  expect(f.fullDate('2026-11-22')).toBe('Sunday, November 22, 2026');
  expect(() => f.date('yesterday')).toThrow(RangeError);
});

test('counts minutes and hours by the clock, and days by the calendar of the zone', () => {
  const f = createFormat({ language: 'en', zone });
  const now = '2026-11-22T02:00:00Z'; // nine in the morning in Bangkok
  expect(f.relative('2026-11-22T01:59:30Z', now)).toBe('now');
  expect(f.relative('2026-11-22T01:01:00Z', now)).toBe('59 minutes ago');
  expect(f.relative('2026-11-22T16:30:00Z', now)).toBe('in 14 hours');
  expect(f.relative('2026-11-21T13:00:00Z', now)).toBe('yesterday');
  expect(f.relative('2026-11-20T17:30:00Z', now)).toBe('yesterday');
  expect(f.relative('2026-11-22', now)).toBe('today');
  expect(f.relative('2026-11-23', now)).toBe('tomorrow');
  expect(f.relative('2026-12-03', now)).toBe('next week');
  expect(f.relative('2026-12-10', now)).toBe('in 2 weeks');
  expect(f.relative('2027-02-01', now)).toBe('in 3 months');
  expect(f.relative('2024-02-01', now)).toBe('2 years ago');
  expect(createFormat({ language: 'eo', zone }).relative('2026-11-22T01:58:00Z', now)).toBe('antaŭ 2 minutoj');
});

test('shows what is not a figure as none', () => {
  const f = createFormat({ language: 'en', zone });
  expect([f.number(Number.NaN), f.percent(1 / 0)]).toEqual(['–', '–']);
  expect(f.number(0, { sign: true })).toBe('0');
  expect(f.number(3, { sign: true })).toBe('+3');
  expect(f.number(2.5, { maxDigits: 0 })).toBe('3');
  expect(f.number(2, { minDigits: 2 })).toBe('2.00');
});

test.each([
  [
    'eo',
    ['dando', 'ĉevalo', 'czaro', 'celo', 'zono', 'ŭato', 'uzino'],
    ['celo', 'czaro', 'ĉevalo', 'dando', 'uzino', 'ŭato', 'zono'],
  ],
  ['th', ['แกง', 'ขนม', 'กาแฟ', 'เกม'], ['กาแฟ', 'เกม', 'แกง', 'ขนม']],
  ['vi', ['đá', 'da', 'dứa', 'áo', 'an'], ['an', 'áo', 'da', 'dứa', 'đá']],
  ['en', ['Post 10', 'Post 9', 'apple'], ['apple', 'Post 9', 'Post 10']],
] as const)('sorts as %s does', (language, words, sorted) => {
  expect([...words].sort(createFormat({ language, zone }).compare)).toEqual(sorted);
});

test('begins the week where the language does', () => {
  expect(createFormat({ language: 'en', zone }).weekdays()[0]).toBe('Sun');
  expect(createFormat({ language: 'vi', zone }).weekdays('narrow')[0]).toBe('T2');
  expect(createFormat({ language: 'eo', zone }).weekdays('wide')[0]).toBe('lundo');
});
