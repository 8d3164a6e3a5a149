import { expect, test } from 'vitest';
import { readFailure, readSendFailure } from './read-failure.ts';

const failure = { kind: 'reset', detail: 'broken' } as const;

test('a broken line keeps what the line knows about a send', () => {
  expect(readSendFailure({ ...failure, reached: 'unknown' })).toMatchObject({
    kind: 'outcome-unknown',
    reached: 'unknown',
  });
  expect(readSendFailure({ ...failure, reached: 'no' })).toMatchObject({ kind: 'temporarily-down', reached: 'no' });
});

test('where nothing is published a broken line is worth trying again, an address that may not be called is not', () => {
  expect(readFailure({ ...failure, reached: 'unknown' })).toMatchObject({ kind: 'temporarily-down' });
  expect(readFailure({ kind: 'refused-by-house', detail: '', reached: 'no' }).kind).toBe('contract-broken');
});
