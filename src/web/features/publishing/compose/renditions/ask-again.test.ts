import { expect, test } from 'vitest';
import { askAgain } from './ask-again.ts';

test('follows a video while it is converted, and leaves everything else alone', () => {
  expect(askAgain({ state: 'making' })).toBe(3_000);
  for (const settled of [{ state: 'ready' }, { state: 'cannot' }, undefined] as const) {
    expect(askAgain(settled)).toBe(false);
  }
});
