import { addDays } from '../../../lib/local-day.ts';
import { weekOf } from './lay-week.ts';

/** The whole weeks that a month (YYYY-MM) lies in: their first day, and how many days they have. */
export function weeksOfMonth(month: string, weekStartsOn: 0 | 1): { from: string; days: number } {
  const first = Temporal.PlainYearMonth.from(month).toPlainDate({ day: 1 });
  const from = weekOf(first.toString(), weekStartsOn);
  const end = addDays(weekOf(first.add({ months: 1 }).subtract({ days: 1 }).toString(), weekStartsOn), 7);
  return { from, days: Temporal.PlainDate.from(from).until(end, { largestUnit: 'days' }).days };
}

/** The month some months later, or earlier. */
export const addMonths = (month: string, months: number): string =>
  Temporal.PlainYearMonth.from(month).add({ months }).toString();
