import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Fault, SendFault } from '#connectors/kit/faults.ts';
import { type DecisionGround, decidePreparing, decideSending } from './fault-decision.rules.ts';

const now = new Date('2026-11-22T09:00:00Z');
const ground: DecisionGround = { now, dueAt: now, graceMs: 3_600_000, tries: 1, jitter: 0 };
const said = 'no';
const all: Fault[] = [
  { kind: 'credential-rejected', said },
  { kind: 'permission-missing', permission: 'write', said },
  { kind: 'rate-limited', retryAt: null, scope: 'call', said },
  { kind: 'rate-limited', retryAt: new Date('2026-11-22T10:00:00Z'), scope: 'app', said },
  { kind: 'content-rejected', field: 'text', reason: 'long', said },
  { kind: 'duplicate', existingId: null, said },
  { kind: 'still-processing', token: 't', said },
  { kind: 'temporarily-down', said },
  { kind: 'outcome-unknown', said },
  { kind: 'contract-broken', path: 'uri', said },
];

describe('fault decision', () => {
  it('never sends again by itself what may be public, whatever the fault is called', () => {
    for (const fault of all) {
      const decision = decideSending({ ...fault, reached: 'unknown' } as SendFault, ground);
      expect(['unconfirmed', 'processing'], fault.kind).toContain(decision.do);
    }
  });

  it('reconciles a duplicate, an unknown outcome and an unreadable answer of a send even when nothing is said to have reached', () => {
    for (const kind of ['duplicate', 'outcome-unknown', 'contract-broken']) {
      const fault = all.find((f) => f.kind === kind);
      expect(decideSending({ ...fault, reached: 'no' } as SendFault, ground)).toEqual({ do: 'unconfirmed' });
    }
  });

  it('holds for a broken connection and for a missing permission', () => {
    expect(decidePreparing({ kind: 'credential-rejected', said }, ground)).toEqual({
      do: 'hold',
      reason: 'connection-broken',
    });
    expect(decidePreparing({ kind: 'permission-missing', permission: 'x', said }, ground)).toEqual({
      do: 'hold',
      reason: 'permission-missing',
    });
  });

  it('fails what the network will never take, and asks a person about what it does not understand', () => {
    expect(decidePreparing({ kind: 'content-rejected', field: 'text', reason: 'long', said }, ground)).toEqual({
      do: 'fail',
    });
    expect(decidePreparing({ kind: 'duplicate', existingId: null, said }, ground)).toEqual({ do: 'fail' });
    expect(decidePreparing({ kind: 'contract-broken', path: 'uri', said }, ground)).toEqual({
      do: 'hold',
      reason: 'contract-broken',
    });
  });

  it('tries again later what came to nothing while preparing', () => {
    for (const fault of all.filter(({ kind }) =>
      ['still-processing', 'temporarily-down', 'outcome-unknown'].includes(kind),
    ))
      expect(decidePreparing(fault, ground), fault.kind).toEqual({
        do: 'later',
        notBefore: new Date('2026-11-22T09:00:05Z'),
        scope: 'delivery',
      });
  });

  it('asks about work that goes on, by its token', () => {
    for (const reached of ['no', 'unknown'] as const)
      expect(decideSending({ kind: 'still-processing', token: 't7', said, reached }, ground)).toEqual({
        do: 'processing',
        token: 't7',
      });
  });

  it('decides on a send of which nothing reached the network as while preparing', () => {
    for (const fault of all.filter(
      ({ kind }) => !['still-processing', 'duplicate', 'outcome-unknown', 'contract-broken'].includes(kind),
    ))
      expect(decideSending({ ...fault, reached: 'no' } as SendFault, ground), fault.kind).toEqual(
        decidePreparing(fault, ground),
      );
  });

  it.each([
    ['a minute', 'call', null, '2026-11-22T09:01:00Z'],
    ['a minute for the whole app', 'app', null, '2026-11-22T09:01:00Z'],
    ['an hour for a limit of the day', 'day', null, '2026-11-22T10:00:00Z'],
    ['never less than a second', 'day', '2026-11-22T08:00:00Z', '2026-11-22T09:00:01Z'],
  ] as const)('waits %s where the network does not say how long', (_what, scope, asked, until) => {
    const retryAt = asked === null ? null : new Date(asked);
    expect(decidePreparing({ kind: 'rate-limited', retryAt, scope, said }, ground)).toEqual({
      do: 'later',
      notBefore: new Date(until),
      scope: scope === 'app' ? 'network' : 'channel',
    });
  });

  it.each([
    [0, 0, 5_000],
    [1, 0, 5_000],
    [1, 1, 7_500],
    [2, 0, 10_000],
    [3, 0.5, 25_000],
    [6, 0, 160_000],
    [7, 0, 300_000],
    [40, 1, 450_000],
  ])('backs off after try %i with jitter %f by %i ms', (tries, jitter, waitMs) => {
    expect(decidePreparing({ kind: 'temporarily-down', said }, { ...ground, tries, jitter })).toEqual({
      do: 'later',
      notBefore: new Date(now.getTime() + waitMs),
      scope: 'delivery',
    });
  });

  it('holds as late what could be tried again only after the grace time, to the millisecond', () => {
    const fault: Fault = { kind: 'temporarily-down', said };
    expect(decidePreparing(fault, { ...ground, graceMs: 5_000 }).do).toBe('later');
    expect(decidePreparing(fault, { ...ground, graceMs: 4_999 })).toEqual({ do: 'hold', reason: 'late' });
  });

  it('waits as long as the network asks, for the whole channel or the whole app', () => {
    const retryAt = new Date('2026-11-22T12:00:00Z');
    expect(decidePreparing({ kind: 'rate-limited', retryAt, scope: 'call', said }, ground)).toEqual({
      do: 'later',
      notBefore: retryAt,
      scope: 'channel',
    });
    expect(decidePreparing({ kind: 'rate-limited', retryAt, scope: 'app', said }, ground)).toEqual({
      do: 'later',
      notBefore: retryAt,
      scope: 'network',
    });
  });

  it('backs off ever longer, never beyond the grace time', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 40 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.integer({ min: 0, max: 7_200_000 }),
        (tries, jitter, lateMs) => {
          const decision = decidePreparing(
            { kind: 'temporarily-down', said },
            { ...ground, tries, jitter, dueAt: new Date(now.getTime() - lateMs) },
          );
          if (decision.do === 'hold') expect(decision.reason).toBe('late');
          else if (decision.do === 'later') {
            expect(decision.notBefore.getTime()).toBeGreaterThanOrEqual(now.getTime() + 5_000);
            expect(decision.notBefore.getTime()).toBeLessThanOrEqual(now.getTime() - lateMs + ground.graceMs);
          } else expect.fail(decision.do);
        },
      ),
    );
  });
});
