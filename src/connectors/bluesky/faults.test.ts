import { describe, expect, test } from 'vitest';
import { shapeResponse } from '../kit/testing/index.ts';
import { readFault, readRenewalFault, readSendFault } from './faults.ts';

const now = new Date('2026-11-22T12:00:00Z');
const answer = (status: number, body: unknown = {}, headers: Record<string, string> = {}) =>
  shapeResponse(status, headers, Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)));
const error = (name: string, message = '') => ({ error: name, message });

describe('an answer that is no success', () => {
  test.each([
    [400, error('ExpiredToken'), { kind: 'credential-rejected' }],
    [400, error('InvalidToken'), { kind: 'credential-rejected' }],
    [401, error('AuthMissing'), { kind: 'credential-rejected' }],
    [401, '<html>', { kind: 'temporarily-down' }],
    [403, '<html>Access denied</html>', { kind: 'temporarily-down' }],
    [403, { message: 'no' }, { kind: 'temporarily-down' }],
    [401, error('AccountTakedown'), { kind: 'permission-missing', permission: 'account-active' }],
    [400, error('RepoDeactivated'), { kind: 'permission-missing', permission: 'account-active' }],
    [403, error('Forbidden'), { kind: 'permission-missing', permission: 'Forbidden' }],
    [400, error('InvalidRequest', 'Invalid record: grapheme too big at $.text'), { field: 'text' }],
    [400, error('InvalidRequest', 'blob too big at $.embed.images[2].image'), { field: 'media.2' }],
    [400, error('InvalidRequest', 'Record/embed/images/1/image too large'), { field: 'media.1' }],
    [400, error('InvalidRequest', 'Record/embed/external/uri must be a uri'), { field: 'link' }],
    [413, error('PayloadTooLarge'), { kind: 'content-rejected', field: 'media' }],
    [400, error('BlobNotFound', 'Could not find blob: bafk'), { kind: 'temporarily-down' }],
    [404, error('MethodNotImplemented'), { kind: 'contract-broken' }],
    [302, '', { kind: 'contract-broken' }],
    [500, error('InternalServerError'), { kind: 'temporarily-down' }],
    [503, '<html>busy</html>', { kind: 'temporarily-down' }],
  ])('%i %j is %j', (status, body, expected) => expect(readFault(answer(status, body), now)).toMatchObject(expected));

  test.each([
    [{ 'retry-after': '290' }, '2026-11-22T12:04:50.000Z'],
    [{ 'retry-after': 'Sun, 22 Nov 2026 13:00:00 GMT' }, '2026-11-22T13:00:00.000Z'],
    [{ 'ratelimit-reset': String(now.getTime() / 1_000 + 60) }, '2026-11-22T12:01:00.000Z'],
    [{ 'retry-after': 'Thu, 01 Jan 1970 00:00:00 GMT' }, null],
    [{ 'retry-after': '99999999999999' }, '2026-11-29T12:00:00.000Z'],
    [{ 'retry-after': 'soon' }, null],
    [{}, null],
  ])('429 with %j waits until %s', (headers, retryAt) => {
    const fault = readFault(answer(429, error('RateLimitExceeded'), headers), now);
    expect(JSON.parse(JSON.stringify(fault))).toMatchObject({ kind: 'rate-limited', retryAt, scope: 'call' });
  });

  test('a limit of the day waits for the whole day', () => {
    const headers = { 'ratelimit-policy': '35000;w=86400', 'retry-after': '60' };
    expect(readFault(answer(429, {}, headers), now)).toMatchObject({ kind: 'rate-limited', scope: 'day' });
  });

  test.each([
    ['a list', '[]'],
    ['no JSON', '\u0000<html>'],
    ['fields of other types', { error: { a: 1 }, message: ['x'] }],
    ['an endless message', error('Bad', 'x'.repeat(1_000_000))],
    ['deep nesting', `${'['.repeat(100_000)}${']'.repeat(100_000)}`],
  ])('%s as a body is still a fault, with few words', (_name, body) => {
    const fault = readFault(answer(500, body), now);
    expect(fault.kind).toBe('temporarily-down');
    expect(fault.said.length).toBeLessThanOrEqual(500);
  });
});

describe('whether a send can have reached anybody', () => {
  test.each([
    [400, 'no'],
    [401, 'unknown'],
    [403, 'unknown'],
    [413, 'no'],
    [429, 'no'],
    [408, 'unknown'],
    [302, 'unknown'],
    [500, 'unknown'],
    [501, 'unknown'],
    [502, 'unknown'],
    [504, 'unknown'],
  ])('%i: %s', (status, reached) => expect(readSendFault(answer(status), now).reached).toBe(reached));

  test.each([401, 403])('%i of the server itself: no', (status) =>
    expect(readSendFault(answer(status, error('InvalidToken')), now).reached).toBe('no'),
  );
});

test.each([
  [400, error('ExpiredToken'), { kind: 'credential-rejected' }],
  [401, error('AccountTakedown'), { kind: 'permission-missing' }],
  [401, '<html>', { kind: 'temporarily-down' }],
  [403, '<html>Access denied</html>', { kind: 'temporarily-down' }],
  [403, error('Forbidden'), { kind: 'temporarily-down' }],
  [429, error('RateLimitExceeded'), { kind: 'rate-limited' }],
])('to renewing, %i %j is %j: only what the protocol names is the last word', (status, body, expected) =>
  expect(readRenewalFault(answer(status, body), now)).toMatchObject(expected),
);
