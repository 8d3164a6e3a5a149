import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findInitiativeTerm, type InitiativeCourse } from './initiative-end.rules.ts';
import { shiftDay } from './local-days.rules.ts';

const monday = '2026-03-02';
const term = (more: Partial<InitiativeCourse>) =>
  findInitiativeTerm({
    startsOn: monday,
    end: { kind: 'span', days: 7 },
    today: monday,
    reachedOn: null,
    ...more,
  });

describe('the term of an initiative', () => {
  it('of one week from Monday ends with Sunday', () => {
    expect(term({})).toEqual({ state: 'running', endsOn: '2026-03-08' });
    expect(term({ today: '2026-03-08' }).state).toBe('running');
    expect(term({ today: '2026-03-09' }).state).toBe('ended');
    expect(term({ today: '2026-03-01' }).state).toBe('not-started');
  });

  it('with a date lasts through that date', () => {
    const end = { kind: 'date', on: '2026-04-01' } as const;
    expect(term({ end, today: '2026-04-01' })).toEqual({ state: 'running', endsOn: '2026-04-01' });
    expect(term({ end, today: '2026-04-02' }).state).toBe('ended');
  });

  it('until a target is reached runs on while the figure is missing', () => {
    const end = { kind: 'target-reached' } as const;
    expect(term({ end, today: '2030-01-01' })).toEqual({ state: 'running', endsOn: null });
    expect(term({ end, today: '2026-03-11', reachedOn: '2026-03-10' })).toEqual({
      state: 'ended',
      endsOn: '2026-03-10',
    });
    expect(term({ end, reachedOn: '2026-02-01' }).endsOn).toBe(monday);
  });

  it('never goes back from ended as days pass', () => {
    const order = ['not-started', 'running', 'ended'];
    const anyEnd = fc.oneof(
      fc.nat(400).map((n) => ({ kind: 'date' as const, on: shiftDay(monday, n) })),
      fc.integer({ min: 1, max: 400 }).map((days) => ({ kind: 'span' as const, days })),
      fc.constant({ kind: 'target-reached' as const }),
    );
    const anyReached = fc.option(fc.integer({ min: -100, max: 400 }).map((n) => shiftDay(monday, n)));
    fc.assert(
      fc.property(anyEnd, anyReached, fc.integer({ min: -10, max: 450 }), fc.nat(60), (end, reachedOn, day, later) => {
        const before = term({ end, reachedOn, today: shiftDay(monday, day) });
        const after = term({ end, reachedOn, today: shiftDay(monday, day + later) });
        expect(order.indexOf(after.state)).toBeGreaterThanOrEqual(order.indexOf(before.state));
        if (before.endsOn !== null) expect(before.endsOn >= monday).toBe(true);
      }),
    );
  });
});
