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
