import { expect, test } from 'vitest';
import { placeOf } from './jump-to-problem.ts';

const problem = (field: string) => ({ field, channelId: 'c1', code: 'x', severity: 'error' }) as never;

test('a problem is mended where its words are written', () => {
  expect(placeOf(problem('parts.2.text'), false)).toEqual({ tab: 'base', part: 2, picture: null });
  expect(placeOf(problem('parts.0.media.3.alt'), true)).toEqual({ tab: 'c1', part: 0, picture: 3 });
  expect(placeOf(problem('parts'), true)).toEqual({ tab: 'c1', part: 0, picture: null });
  expect(placeOf(problem('firstComment'), false)).toEqual({ tab: 'base', part: 0, picture: null });
});
