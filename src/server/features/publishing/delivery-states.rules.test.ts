import { describe, expect, it } from 'vitest';
import { type DeliveryState, deliveryStates } from '#contract/deliveries.ts';
import {
  absenceProvenFrom,
  assertMove,
  type Cause,
  isOnItsWay,
  isOver,
  LEASE_MS,
  LOOK_AFTER_MS,
  mayMove,
  proofTakesMs,
  RENEW_MS,
  SEND_DEADLINE_MS,
  SEND_TIMEOUT_MS,
  statesBefore,
} from './delivery-states.rules.ts';

/** Every way there is, as docs/architecture.md tells it. */
const ways = [
  'scheduled → claimed by claim',
  'scheduled → held by sweep',
  'scheduled → cancelled by person',
  'claimed → scheduled by lease-out',
  'claimed → scheduled by decide',
  'claimed → scheduled by person',
  'claimed → held by decide',
  'claimed → failed by decide',
  'claimed → cancelled by person',
  'claimed → armed by arm',
  'armed → published by settle',
  'armed → processing by settle',
  'armed → scheduled by settle',
  'armed → held by settle',
  'armed → failed by settle',
  'armed → unconfirmed by settle',
  'armed → unconfirmed by vanish',
  'processing → published by look',
  'processing → failed by look',
  'processing → unconfirmed by look',
  'unconfirmed → held by look',
  'unconfirmed → published by look',
  'unconfirmed → published by person',
  'unconfirmed → published by settle',
  'unconfirmed → scheduled by look',
  'unconfirmed → scheduled by person',
  'held → scheduled by sweep',
  'held → published by look',
  'held → scheduled by person',
  'held → held by sweep',
  'held → cancelled by person',
  'failed → scheduled by person',
  'failed → cancelled by person',
];

const causes: Cause[] = ['claim', 'lease-out', 'decide', 'arm', 'settle', 'vanish', 'look', 'person', 'sweep'];
const all = deliveryStates.flatMap((from) =>
  deliveryStates.flatMap((to) => causes.map((cause) => ({ from, to, cause }))),
);

describe('the ways between states', () => {
  it('are these and no others', () => {
    const there = all.filter(({ from, to, cause }) => mayMove(from, to, cause));
    expect(there.map(({ from, to, cause }) => `${from} → ${to} by ${cause}`).sort()).toEqual([...ways].sort());
  });

  it('throw when they are not there, and say which one was wanted', () => {
    for (const { from, to, cause } of all) {
      if (mayMove(from, to, cause)) assertMove(from, to, cause);
      else expect(() => assertMove(from, to, cause)).toThrow(`no way from ${from} to ${to} by ${cause}`);
    }
  });

  it('are found backwards', () => {
    expect(statesBefore('cancelled', 'person')).toEqual(['scheduled', 'claimed', 'held', 'failed']);
    expect(statesBefore('published', 'settle')).toEqual(['armed', 'unconfirmed']);
    expect(statesBefore('claimed', 'person')).toEqual([]);
  });
});

describe('what is said of a state', () => {
  const those = (is: (state: DeliveryState) => boolean) => deliveryStates.filter(is).sort();

  it('is on its way from arm until its outcome is known', () => {
    expect(those(isOnItsWay)).toEqual(['armed', 'processing', 'unconfirmed']);
  });

  it('is over when it is out or called off', () => {
    expect(those(isOver)).toEqual(['cancelled', 'published']);
  });
});

describe('the times of a send', () => {
  it('prove absence only when deadline, time-out and read lag are over', () => {
    expect(proofTakesMs(2_000)).toBe(40_000);
    const armedAt = new Date('2026-11-23T09:00:00Z');
    expect(absenceProvenFrom(armedAt, 2_000)).toEqual(new Date('2026-11-23T09:00:40Z'));
  });

  it('are those that are promised, and fit into each other', () => {
    expect([SEND_DEADLINE_MS, SEND_TIMEOUT_MS, LEASE_MS, RENEW_MS]).toEqual([8_000, 30_000, 10_000, 3_000]);
    expect(LOOK_AFTER_MS).toEqual([5_000, 15_000, 45_000, 80_000, 120_000]);
    expect(SEND_DEADLINE_MS).toBeLessThan(LEASE_MS);
  });
});
