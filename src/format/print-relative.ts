import { instantOf, type Moment, readMoment } from './moment.ts';
import { printNumber } from './print-number.ts';
import type { FormatLanguage, RelativeUnit, Words } from './words.ts';

/**
 * Says how far a moment is from now: minutes and hours within a day, then calendar days of the zone ("yesterday" is the
 * day before, however few hours ago), weeks, months and years.
 */
export function printRelative(
  moment: Moment,
  now: Moment,
  { zone, words, language }: { zone: string; words: Words; language: FormatLanguage },
): string {
  const [value, unit] = measure(moment, now, zone);
  const { previous, current, next, past, future } = words.relative[unit];
  if (value === 0) return current;
  if (value === -1 && previous) return previous;
  if (value === 1 && next) return next;
  const distance = Math.abs(value);
  // Of the five, only English and Esperanto tell one from more.
  const plural = distance === 1 && (language === 'en' || language === 'eo') ? 'one' : 'other';
  return (value < 0 ? past : future)[plural].replace('{0}', printNumber(distance, words));
}

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

function measure(moment: Moment, now: Moment, zone: string): [number, RelativeUnit] {
  const days = dayNumber(moment, zone) - dayNumber(now, zone);
  const isDate = typeof moment === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(moment);
  const ms = isDate ? days * DAY_MS : instantOf(moment) - instantOf(now);
  const distance = Math.abs(ms);
  if (isDate && days === 0) return [0, 'day'];
  if (distance < MINUTE_MS) return [0, 'second'];
  if (distance < HOUR_MS) return [Math.trunc(ms / MINUTE_MS), 'minute'];
  if (distance < 12 * HOUR_MS || days === 0) return [Math.trunc(ms / HOUR_MS), 'hour'];
  if (Math.abs(days) < 7) return [days, 'day'];
  if (Math.abs(days) < 31) return [Math.trunc(days / 7), 'week'];
  const months = monthNumber(moment, zone) - monthNumber(now, zone);
  if (Math.abs(months) < 12) return [months || Math.sign(days), 'month'];
  return [Math.trunc(months / 12), 'year'];
}

function dayNumber(moment: Moment, zone: string): number {
  const { year, month, day } = readMoment(moment, zone);
  return Math.round(Date.UTC(year, month - 1, day) / DAY_MS);
}

function monthNumber(moment: Moment, zone: string): number {
  const { year, month } = readMoment(moment, zone);
  return year * 12 + month;
}
