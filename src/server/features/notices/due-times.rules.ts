import type { MailWay } from '#contract/notices.ts';

/** When a person's clock lets something out. Times are HH:MM on the wall clock of `zone`. */
export interface Clock {
  zone: string;
  quietFrom: string;
  quietTo: string;
  digestAt: string;
}

/** What happens together goes out together: at once means after this. */
const GATHER_MS = 20_000;
/** Mails about the same thing that goes on happening keep this distance. */
const MAIL_AGAIN_MS = 60 * 60_000;
const PUSH_AGAIN_MS = 10 * 60_000;

/** When a notice goes out by mail; null: not. `lastAt`: when it did before. */
export function mailDueAt(
  { now, lastAt, mail, urgent }: { now: Date; lastAt: Date | null; mail: MailWay; urgent: boolean },
  clock: Clock,
): Date | null {
  if (mail === 'off') return null;
  if (mail === 'digest') return nextAt(now, clock.digestAt, clock.zone);
  return outOfQuiet(notBefore(now, lastAt, MAIL_AGAIN_MS), { urgent, clock });
}

/** When a notice goes out to devices; null: not. */
export function pushDueAt(
  { now, lastAt, push, urgent }: { now: Date; lastAt: Date | null; push: boolean; urgent: boolean },
  clock: Clock,
): Date | null {
  return push ? outOfQuiet(notBefore(now, lastAt, PUSH_AGAIN_MS), { urgent, clock }) : null;
}

function notBefore(now: Date, lastAt: Date | null, againMs: number): Date {
  return new Date(Math.max(now.getTime() + GATHER_MS, lastAt ? lastAt.getTime() + againMs : 0));
}

/** This moment, or the end of the quiet hours that it falls into. */
function outOfQuiet(at: Date, { urgent, clock }: { urgent: boolean; clock: Clock }): Date {
  return urgent || !isQuiet(at, clock) ? at : nextAt(at, clock.quietTo, clock.zone);
}

/** Whether a moment lies in the quiet hours; they may go over midnight. */
export function isQuiet(at: Date, { zone, quietFrom, quietTo }: Omit<Clock, 'digestAt'>): boolean {
  const time = zoned(at, zone).toPlainTime().toString({ smallestUnit: 'minute' });
  if (quietFrom === quietTo) return false;
  return quietFrom < quietTo ? quietFrom <= time && time < quietTo : time >= quietFrom || time < quietTo;
}

/** The next moment after this one at which the wall clock shows that time; where it never does, the first after. */
export function nextAt(after: Date, time: string, zone: string): Date {
  const today = zoned(after, zone).toPlainDate();
  for (const day of [today, today.add({ days: 1 }), today.add({ days: 2 })]) {
    const at = day.toZonedDateTime({ timeZone: zone, plainTime: Temporal.PlainTime.from(time) });
    if (at.epochMilliseconds > after.getTime()) return new Date(at.epochMilliseconds);
  }
  return after;
}

const zoned = (at: Date, zone: string) => Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(zone);
