import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { askAgainAt, endAfter, endOf, renewAt, tryAgainAt } from './credential-life.rules.ts';

const now = new Date('2026-11-23T12:00:00Z');
const inMs = (ms: number) => new Date(now.getTime() + ms);
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const jitter = fc.double({ min: 0, max: 1, noNaN: true });
const lengthens = { renewal: 'lengthens', lastsMs: null, renewBeforeMs: HOUR / 2 } as const;

describe('when a credential is renewed', () => {
  it('is in the second half of its life, before its end, never earlier than its network says', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 90 * DAY }),
        fc.integer({ min: 0, max: 10 * DAY }),
        jitter,
        (life, before, it) => {
          const at = renewAt(
            { now, expiresAt: inMs(life), endsAt: null, jitter: it },
            { ...lengthens, renewBeforeMs: before },
          );
          const earlyMs = inMs(life).getTime() - (at?.getTime() ?? 0);
          expect(earlyMs).toBeGreaterThanOrEqual(0);
          expect(earlyMs).toBeLessThanOrEqual(Math.min(before, life / 2) + 1);
        },
      ),
    );
  });

  it('is spread, so that what was connected at once is not renewed at once', () => {
    const at = (it: number) => renewAt({ now, expiresAt: inMs(2 * HOUR), endsAt: null, jitter: it }, lengthens);
    expect(at(0)).toEqual(inMs(1.5 * HOUR));
    expect(at(1)).toEqual(inMs(2 * HOUR - HOUR / 3));
  });

  it('is its end where nothing renews it, and never where it has none', () => {
    const none = { renewal: 'none', lastsMs: HOUR, renewBeforeMs: DAY } as const;
    expect(renewAt({ now, expiresAt: inMs(60 * DAY), endsAt: null, jitter: 0 }, none)).toEqual(inMs(60 * DAY));
    expect(renewAt({ now, expiresAt: null, endsAt: null, jitter: 0 }, none)).toBeNull();
    expect(renewAt({ now, expiresAt: null, endsAt: null, jitter: 0 }, lengthens)).toBeNull();
    const within = { renewal: 'within', lastsMs: null, renewBeforeMs: HOUR } as const;
    expect(renewAt({ now, expiresAt: inMs(DAY), endsAt: inMs(HOUR), jitter: 0 }, within)).toEqual(inMs(HOUR));
  });
});

it('a credential whose end no answer names is renewed as the manifest says that it lasts', () => {
  const about = { ...lengthens, lastsMs: 2 * HOUR };
  expect(renewAt({ now, expiresAt: null, endsAt: null, jitter: 0 }, about)).toEqual(inMs(1.5 * HOUR));
  expect(renewAt({ now, expiresAt: inMs(HOUR), endsAt: null, jitter: 0 }, about)).toEqual(inMs(HOUR / 2));
});

it('a failing renewal is tried again after a minute, ever more seldom, at least twice an hour', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 10_000 }), jitter, (failures, it) => {
      const waitMs = tryAgainAt({ now, failures, jitter: it, endsAt: null }).getTime() - now.getTime();
      expect(waitMs).toBeGreaterThanOrEqual(60_000);
      expect(waitMs).toBeLessThanOrEqual(45 * 60_000);
    }),
  );
  expect(tryAgainAt({ now, failures: 9, jitter: 1, endsAt: inMs(90_000) })).toEqual(inMs(90_000));
});

it('what was refused to be renewed is asked for again after a day, unless it has ended by then', () => {
  expect(askAgainAt({ now, endsAt: null, jitter: 0 })).toEqual(inMs(DAY));
  expect(askAgainAt({ now, endsAt: inMs(90 * DAY), jitter: 1 })).toEqual(inMs(1.5 * DAY));
  expect(askAgainAt({ now, endsAt: inMs(HOUR), jitter: 0 })).toBeNull();
});

describe('the end after a renewal', () => {
  it('is the older one, where it is only told anew', () => {
    const within = { renewal: 'within' } as const;
    expect(endAfter({ older: inMs(DAY), told: inMs(DAY + 40) }, within)).toEqual(inMs(DAY));
    expect(endAfter({ older: inMs(DAY), told: inMs(2 * DAY) }, within)).toEqual(inMs(2 * DAY));
    expect(endAfter({ older: inMs(DAY), told: inMs(DAY + 40) }, lengthens)).toEqual(inMs(DAY + 40));
    expect(endAfter({ older: null, told: inMs(DAY) }, within)).toEqual(inMs(DAY));
    expect(endAfter({ older: inMs(DAY), told: null }, within)).toEqual(inMs(DAY));
    expect(endAfter({ older: inMs(DAY), told: null }, lengthens)).toBeNull();
  });
});

describe('the end that people are told', () => {
  const ends = { expiresAt: inMs(HOUR), endsAt: inMs(DAY) };
  it('is none as long as renewing moves it on', () => {
    expect(endOf({ ...ends, renewal: 'lengthens', failingSince: null })).toBeNull();
    expect(endOf({ ...ends, renewal: 'lengthens', failingSince: now })).toEqual(inMs(DAY));
  });
  it('is what the network says where renewing does not move it', () => {
    expect(endOf({ ...ends, renewal: 'within', failingSince: null })).toEqual(inMs(DAY));
    expect(endOf({ expiresAt: inMs(HOUR), endsAt: null, renewal: 'within', failingSince: null })).toBeNull();
    expect(endOf({ expiresAt: inMs(HOUR), endsAt: null, renewal: 'none', failingSince: null })).toEqual(inMs(HOUR));
  });
});
