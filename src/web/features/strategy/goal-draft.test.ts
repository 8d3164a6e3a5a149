import { expect, test } from 'vitest';
import { beginGoal, shapeGoal } from './goal-draft.ts';

const draft = { ...beginGoal('2026-11-22', 'anna'), title: ' More regulars ', targetText: '15' };

test('title, metric, target and deadline are enough for a goal', () => {
  const goal = shapeGoal(draft, 'followers');
  expect(goal).toMatchObject({
    title: 'More regulars',
    metric: 'followers',
    target: { kind: 'number', value: 15 },
    deadlineOn: '2027-02-20',
    objectiveId: null,
    baseline: null,
    scope: { posts: 'serving' },
  });
});

test('a relative target keeps its percent, and a stated baseline says that it is stated', () => {
  const goal = shapeGoal({ ...draft, targetKind: 'relative', baselineText: '200' }, 'followers');
  expect(goal.target).toEqual({ kind: 'relative', percent: 15 });
  expect(goal.baseline).toEqual({ value: 200, on: '2026-11-22', source: 'stated' });
});

test('what narrows nothing is left out of the scope', () => {
  expect(shapeGoal({ ...draft, scopeLanguages: ['de', 'th'], scopePlace: ' ' }, 'likes').scope).toEqual({
    posts: 'serving',
    languages: ['de', 'th'],
  });
});
