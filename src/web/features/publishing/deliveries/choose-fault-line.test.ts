import { expect, it } from 'vitest';
import type { Delivery } from '#contract/deliveries.ts';
import { chooseFaultLine } from './choose-fault-line.ts';

const fault = (about: Partial<NonNullable<Delivery['fault']>>) => ({
  kind: 'rate-limited',
  field: null,
  said: '',
  retryAt: null,
  at: '2026-11-23T09:00:00Z',
  ...about,
});
const until = '2026-11-23T09:20:00Z';

it('a network that had no words is not said to have said something', () => {
  expect(chooseFaultLine({ state: 'failed', fault: fault({ kind: 'content-rejected' }), parts: [] })).toBeNull();
  expect(chooseFaultLine({ state: 'scheduled', fault: null, parts: [{ fault: null }] })).toBeNull();
});

it('what waits for a limit says until when, and its network’s words when it waits no more', () => {
  const limited = fault({ said: 'Slow down', retryAt: until });
  expect(chooseFaultLine({ state: 'scheduled', fault: limited, parts: [] })).toEqual({ says: 'waits', until });
  expect(chooseFaultLine({ state: 'held', fault: limited, parts: [] })).toEqual({ says: 'said', words: 'Slow down' });
});

it('a part speaks for its delivery', () => {
  const parts = [{ fault: null }, { fault: fault({ retryAt: until }) }];
  expect(chooseFaultLine({ state: 'scheduled', fault: null, parts })).toEqual({ says: 'waits', until });
});
