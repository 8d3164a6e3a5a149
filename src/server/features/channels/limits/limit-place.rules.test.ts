import { expect, it } from 'vitest';
import type { CallLimit } from '#connectors/kit/manifest.ts';
import type { Budget } from '#connectors/kit/rules/index.ts';
import { keyOf, limitsOf, placeBudget } from './limit-place.rules.ts';
import { placeOfAccount } from './place-of-account.ts';

const about = { source: 'made for tests', checkedOn: '2026-11-23' };
const hourly: CallLimit = { scope: 'account', operation: 'publish', capacity: 10, perMs: 3_600_000, ...about };
const shared: CallLimit = {
  scope: 'server',
  operation: 'any',
  capacity: 10,
  perMs: 300_000,
  hosts: ['example.net'],
  ...about,
};
const budget: Budget = { remaining: 0, limit: 10, perMs: null, waitMs: null, scope: null };

it('an account’s limit has one name wherever it is connected, and another on another server', () => {
  const at = (server: string | null) => placeOfAccount('fake', { server, remoteId: 'shop' });
  expect(at('https://a.example.net')).toEqual(at('https://a.example.net'));
  expect(at('https://a.example.net').account).not.toBe(at('https://b.example.net').account);
  expect(at(null).account).toMatch(/^[0-9a-f]{32}$/);
});

it('an app’s limit on one server stops no other server', () => {
  const key = (server: string) =>
    keyOf(placeOfAccount('fake', { server, remoteId: 'shop' }), { scope: 'app', operation: 'any', perMs: 0 });
  expect(key('https://a.example')).not.toEqual(key('https://b.example'));
});

it('a limit holds on the hosts that have it and below them, and comes before the account’s own', () => {
  const limitsAt = (server: string) => limitsOf({ limits: [hourly, shared] }, { server }, 'publish');
  expect(limitsAt('https://one.example.net')).toEqual([shared, hourly]);
  expect(limitsAt('https://example.net')).toEqual([shared, hourly]);
  expect(limitsAt('https://notexample.net')).toEqual([hourly]);
  expect(limitsOf({ limits: [hourly, shared] }, { server: 'https://example.net' }, 'read')).toEqual([shared]);
  expect(limitsOf({}, { server: '' }, 'publish')).toEqual([]);
});

it('what an answer says belongs to the limit whose time fits, else to the account for calls of its kind', () => {
  const place = (said: Partial<Budget>) => placeBudget([hourly, shared], { ...budget, ...said }, 'upload');
  expect(place({ perMs: 300_000 })).toEqual({ scope: 'server', operation: 'any', perMs: 300_000 });
  expect(place({ perMs: 60_000 })).toEqual({ scope: 'account', operation: 'upload', perMs: 0 });
  expect(place({ scope: 'app' })).toEqual({ scope: 'app', operation: 'any', perMs: 0 });
});
