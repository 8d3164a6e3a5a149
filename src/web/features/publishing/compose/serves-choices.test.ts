import { expect, test } from 'vitest';
import type { Serves } from '#contract/posts.ts';
import { orderChoices, readServes, writeServes } from './serves-choices.ts';

const choice = (value: string, kind: 'goal' | 'none' | 'undecided' = 'goal') => ({ value, label: value, kind });
const all = [choice('goal 1'), choice('goal 2'), choice('none', 'none'), choice('undecided', 'undecided')];

test('what was chosen last stands first, each once', () => {
  const ordered = orderChoices(all, ['none', 'goal 2']);
  expect(ordered.map((it) => it.value)).toEqual(['none', 'goal 2', 'goal 1', 'undecided']);
  expect(ordered.map((it) => it.isRecent)).toEqual([true, true, false, false]);
});

test('what is gone or was never a decision is not recent', () => {
  expect(orderChoices(all, ['goal 9', 'undecided']).map((it) => it.value)).toEqual(all.map((it) => it.value));
});

test('what a post serves is written and read back', () => {
  const each = [
    { kind: 'goal', goalId: 'a' },
    { kind: 'initiative', initiativeId: 'b' },
    { kind: 'none' },
    { kind: 'undecided' },
  ] as Serves[];
  expect(each.map((it) => readServes(writeServes(it)))).toEqual(each);
});
