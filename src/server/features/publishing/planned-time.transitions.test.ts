import { expect, it } from 'vitest';
import { localTimeOf, planTime } from './planned-time.rules.ts';

const MINUTE_MS = 60_000;

/** Names that the zone database keeps for old times' sake, and the zone each of them is. */
const aliases: Record<string, string> = {
  'Asia/Saigon': 'Asia/Ho_Chi_Minh',
  'Asia/Calcutta': 'Asia/Kolkata',
  'Asia/Katmandu': 'Asia/Kathmandu',
  'Asia/Rangoon': 'Asia/Yangon',
  'Asia/Istanbul': 'Europe/Istanbul',
  'Asia/Tel_Aviv': 'Asia/Jerusalem',
  'Asia/Ujung_Pandang': 'Asia/Makassar',
  'Asia/Chongqing': 'Asia/Shanghai',
  'Atlantic/Faeroe': 'Atlantic/Faroe',
  'America/Buenos_Aires': 'America/Argentina/Buenos_Aires',
  'America/Godthab': 'America/Nuuk',
  'Australia/NSW': 'Australia/Sydney',
  'Brazil/East': 'America/Sao_Paulo',
  'Canada/Newfoundland': 'America/St_Johns',
  'Europe/Kiev': 'Europe/Kyiv',
  'Mexico/General': 'America/Mexico_City',
  'Pacific/Samoa': 'Pacific/Pago_Pago',
  'US/Alaska': 'America/Anchorage',
  'US/Eastern': 'America/New_York',
  'US/Pacific': 'America/Los_Angeles',
  Egypt: 'Africa/Cairo',
  Eire: 'Europe/Dublin',
  Iran: 'Asia/Tehran',
  Israel: 'Asia/Jerusalem',
  Japan: 'Asia/Tokyo',
  NZ: 'Pacific/Auckland',
  'NZ-CHAT': 'Pacific/Chatham',
  Singapore: 'Asia/Singapore',
  Turkey: 'Europe/Istanbul',
  UTC: 'Etc/UTC',
  Zulu: 'Etc/UTC',
};

interface Change {
  atMs: number;
  /** Local minus UTC, before and after. */
  beforeMs: number;
  afterMs: number;
}

const zones = [...Intl.supportedValuesOf('timeZone'), ...Object.keys(aliases)];
const start = Temporal.Instant.from('2020-01-01T00:00Z');
const end = Temporal.Instant.from('2036-01-01T00:00Z');

/** Every change of a zone's clocks from 2020 to 2035. */
function changesOf(zone: string): Change[] {
  const changes: Change[] = [];
  let next = start.toZonedDateTimeISO(zone).getTimeZoneTransition('next');
  while (next && next.epochMilliseconds < end.epochMilliseconds) {
    const before = next.subtract({ milliseconds: 1 });
    changes.push({
      atMs: next.epochMilliseconds,
      beforeMs: before.offsetNanoseconds / 1e6,
      afterMs: next.offsetNanoseconds / 1e6,
    });
    next = next.getTimeZoneTransition('next');
  }
  return changes;
}

/** What a clock shows that is so far from UTC, as it is written. */
const wall = (utcMs: number, offsetMs: number) => new Date(utcMs + offsetMs).toISOString().slice(0, 16);

const changes = zones.flatMap((zone) => changesOf(zone).map((change) => ({ zone, ...change })));
const gaps = changes.filter(({ beforeMs, afterMs }) => afterMs > beforeMs);
const overlaps = changes.filter(({ beforeMs, afterMs }) => afterMs < beforeMs);

/** Minutes of a stretch that are worth asking: its ends and three between. */
const minutesOf = (lengthMs: number) =>
  [0, 1, Math.floor(lengthMs / MINUTE_MS / 3), Math.floor(lengthMs / MINUTE_MS / 2), lengthMs / MINUTE_MS - 1].map(
    (minute) => minute * MINUTE_MS,
  );

it('knows hundreds of zones and thousands of changes to ask about', () => {
  expect(new Set(zones).size).toBeGreaterThan(420);
  expect(gaps.length).toBeGreaterThan(2_000);
  expect(overlaps.length).toBeGreaterThan(2_000);
});

it('takes every time in every gap to the instant of the change, and says so', () => {
  const wrong = gaps.flatMap(({ zone, atMs, beforeMs, afterMs }) =>
    minutesOf(afterMs - beforeMs).flatMap((intoMs) => {
      const asked = wall(atMs + intoMs, beforeMs);
      const planned = planTime(asked, zone);
      const isRight = planned?.moved === true && planned.at.getTime() === atMs && planned.local === wall(atMs, afterMs);
      return isRight ? [] : [{ zone, asked, planned }];
    }),
  );
  expect(wrong).toEqual([]);
});

it('means the first of the two in every overlap', () => {
  const wrong = overlaps.flatMap(({ zone, atMs, beforeMs, afterMs }) =>
    minutesOf(beforeMs - afterMs).flatMap((intoMs) => {
      const asked = wall(atMs + intoMs, afterMs);
      const planned = planTime(asked, zone);
      const firstMs = atMs + intoMs - (beforeMs - afterMs);
      return planned?.moved === false && planned.at.getTime() === firstMs && planned.local === asked
        ? []
        : [{ zone, asked, planned, firstMs }];
    }),
  );
  expect(wrong).toEqual([]);
});

it('leaves the last minute before every change and the first after it where they are', () => {
  const wrong = changes.flatMap(({ zone, atMs, beforeMs, afterMs }) => {
    // What comes after an overlap was there before: the first is meant, so only what is past all of it is asked for.
    const afterwardsMs = atMs + Math.max(0, beforeMs - afterMs);
    const earlierMs = atMs - MINUTE_MS - Math.max(0, beforeMs - afterMs);
    return [
      { asked: wall(earlierMs, beforeMs), at: earlierMs },
      { asked: wall(afterwardsMs, afterMs), at: afterwardsMs },
    ].flatMap(({ asked, at }) => {
      const planned = planTime(asked, zone);
      return planned?.moved === false && planned.at.getTime() === at ? [] : [{ zone, asked, planned }];
    });
  });
  expect(wrong).toEqual([]);
});

it('brings back the time a clock showed, on every day on which clocks change', () => {
  const wrong = changes.filter(({ zone, atMs }) => {
    const noon = new Date(atMs - (atMs % MINUTE_MS) + 9 * 60 * MINUTE_MS);
    const shown = localTimeOf(noon, zone);
    return planTime(shown, zone)?.at.getTime() !== noon.getTime();
  });
  expect(wrong).toEqual([]);
});

it('takes the old name of a zone for the zone', () => {
  for (const [alias, zone] of Object.entries(aliases))
    for (const local of ['2026-01-15T09:00', '2026-07-15T09:00', '2031-03-30T02:30'])
      expect(planTime(local, alias)?.at, alias).toEqual(planTime(local, zone)?.at);
});
