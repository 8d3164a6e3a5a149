/**
 * A point in time: an instant (Date, milliseconds, ISO text with an offset or `Z`), shown in the format's zone; or wall
 * clock without a zone (`2026-11-22`, `2026-11-22T16:25`), shown as it stands.
 */
export type Moment = Date | number | string;

/** A moment as a wall clock and a Gregorian calendar show it. */
export interface ClockParts {
  year: number;
  month: number;
  day: number;
  hour: number;
  minute: number;
  second: number;
  /** 0 is Sunday. */
  weekday: number;
}

/** Reads a moment in a zone; throws a RangeError when it is none. */
export function readMoment(moment: Moment, zone: string): ClockParts {
  const wall = typeof moment === 'string' ? wallClock.exec(moment) : null;
  if (wall) {
    const [year, month, day, hour, minute, second] = wall.slice(1).map((text) => Number(text ?? 0));
    return withWeekday([year ?? 0, month ?? 0, day ?? 0, hour ?? 0, minute ?? 0, second ?? 0]);
  }
  const found: Record<string, number> = {};
  for (const { type, value } of clockOf(zone).formatToParts(instantOf(moment))) found[type] = Number(value);
  const order = ['year', 'month', 'day', 'hour', 'minute', 'second'] as const;
  return withWeekday(order.map((name) => found[name] ?? 0));
}

/** Milliseconds since 1970; for wall clock without a zone, as if it were UTC. */
export function instantOf(moment: Moment): number {
  const ms = new Date(typeof moment === 'string' && wallClock.test(moment) ? asUtc(moment) : moment).getTime();
  if (Number.isNaN(ms)) throw new RangeError('Not a moment.');
  return ms;
}

const wallClock = /^(\d{4})-(\d{2})-(\d{2})(?:T(\d{2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?)?$/;

const asUtc = (wall: string): string => (wall.includes('T') ? `${wall}Z` : wall);

function withWeekday(parts: number[]): ClockParts {
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts;
  const weekday = new Date(Date.UTC(year, month - 1, day)).getUTCDay();
  return { year, month, day, hour, minute, second, weekday };
}

const clocks = new Map<string, Intl.DateTimeFormat>();

/** Digits only: the one thing about dates in which all browsers and Node agree. */
function clockOf(zone: string): Intl.DateTimeFormat {
  const known = clocks.get(zone);
  if (known) return known;
  const digits = 'numeric';
  const clock = new Intl.DateTimeFormat('en-US-u-ca-gregory-nu-latn', {
    timeZone: zone,
    hourCycle: 'h23',
    year: digits,
    month: digits,
    day: digits,
    hour: digits,
    minute: digits,
    second: digits,
  });
  clocks.set(zone, clock);
  return clock;
}
