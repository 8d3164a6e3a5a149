import { describe, expect, it } from 'vitest';
import { refusePicture } from './take-medium.ts';

const refusalOf = (failure: Parameters<typeof refusePicture>[0]) => {
  try {
    return refusePicture(failure);
  } catch (error) {
    return error;
  }
};

describe('a picture that could not be read', () => {
  it.each([
    ['unreadable', 'medium-unsupported', 'unreadable'],
    ['timed-out', 'medium-unsupported', 'not-now'],
    ['crashed', 'medium-unsupported', 'not-now'],
    ['too-many-pixels', 'medium-too-large', 'pixels'],
    ['too-much-memory', 'medium-too-large', 'pixels'],
  ] as const)('%s: %s, %s', (failure, code, context) => {
    expect(refusalOf(failure)).toMatchObject({ code, params: { context } });
  });
});
