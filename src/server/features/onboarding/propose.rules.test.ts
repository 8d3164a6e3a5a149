import { describe, expect, it } from 'vitest';
import type { metrics } from '#contract/metrics.ts';
import type { InterviewAnswers } from '#contract/onboarding.ts';
import { industries, starters } from '#contract/starters.ts';
import { blankAnswers } from './blank-answers.rules.ts';
import { findUnknownAccounts, makePlan, roundTarget } from './propose.rules.ts';

const facts = { today: '2026-11-30', isReachable: (network: string) => network === 'bluesky', hasLink: true };
const plan = (answers: Partial<InterviewAnswers> = {}) => makePlan({ ...blankAnswers, ...answers }, facts);

describe('a plan', () => {
  it('can be made when every question was skipped', () => {
    expect(plan()).toMatchObject({
      wish: 'enquiries',
      metric: 'page-link-clicks',
      second: null,
      cadence: { isGuess: true },
      first: 0,
    });
  });

  it('ends three months from today, also where that day does not exist', () => {
    expect(plan().deadlineOn).toBe('2027-02-28');
  });

  it('promises what its posts may bring, and no more', () => {
    const { posts, weeks, options } = plan({ industry: 'cafe', minutes: 60 });
    expect([posts, weeks]).toEqual([24, 12]);
    for (const { target, perPost } of options) expect(target).toBe(roundTarget(posts * perPost));
  });

  it('serves the wish that was chosen, by its own metric and post', () => {
    expect(plan({ industry: 'cafe', wish: 'known' })).toMatchObject({ wish: 'known', metric: 'page-views', first: 1 });
    expect(plan({ industry: 'cafe', wish: 'regulars' })).toMatchObject({ metric: 'post-views', first: 2 });
  });

  it('counts presses on links only where there is a link to press', () => {
    for (const answers of [
      {},
      { industry: 'cafe', wish: 'mornings' },
      { wish: 'own', wishWords: 'Sell the van' },
    ] as const) {
      const without = makePlan({ ...blankAnswers, ...answers }, { ...facts, hasLink: false });
      expect(without.metric).toBe('page-views');
      expect(without.options.map((it) => it.metric)).toEqual(['page-views', 'post-views']);
      expect(plan(answers).metric).toBe('page-link-clicks');
    }
  });

  it('takes own words for the wish, unless there are none', () => {
    expect(plan({ wish: 'own', wishWords: 'Sell the van' })).toMatchObject({ wish: null, metric: 'page-link-clicks' });
    expect(plan({ industry: 'salon', wish: 'own' }).wish).toBe('weekdays');
  });

  it('forgets a wish of another industry', () => {
    expect(plan({ industry: 'charity', wish: 'mornings' }).wish).toBe('helpers');
  });

  it('begins with one account beside the page, the first that can be reached', () => {
    const accounts = ['instagram', 'bluesky', 'bluesky'].map((network, i) => ({ network, handle: `mali-${i}` }));
    expect(plan({ accounts })).toMatchObject({ second: { network: 'bluesky', handle: 'mali-1' } });
    expect(plan({ accounts: accounts.slice(0, 1) }).second).toBeNull();
  });

  it('has a smaller cadence for the same minutes on two channels', () => {
    const accounts = [{ network: 'bluesky', handle: 'mali' }];
    expect(plan({ minutes: 60, accounts }).cadence.perWeek).toBeLessThan(plan({ minutes: 60 }).cadence.perWeek);
  });
});

describe('every starter', () => {
  it.each(industries)(
    '%s has three or four wishes, each measurable on the own page, and shares of 100 %%',
    (industry) => {
      const { wishes, shares } = starters[industry];
      const all = Object.values(wishes) as { metric: keyof typeof metrics; post: number }[];
      expect(all.length === 3 || all.length === 4).toBe(true);
      const measured = plan({ industry }).options.map((it) => it.metric);
      for (const wish of all) expect(measured).toContain(wish.metric);
      expect(Object.values(shares).reduce((sum, share) => sum + share, 0)).toBe(100);
    },
  );
});

it('rounds to numbers one can keep in mind', () => {
  expect([0, 4, 52, 96, 204, 780, 1_040].map(roundTarget)).toEqual([10, 10, 50, 100, 200, 800, 1_000]);
});

it('enters an account once, however its handle is written', () => {
  const known = [{ network: 'instagram', handle: '@Mali' }];
  const stated = [
    { network: 'instagram', handle: 'mali' },
    { network: 'bluesky', handle: 'mali' },
    { network: 'bluesky', handle: '@MALI ' },
  ];
  expect(findUnknownAccounts(stated, known)).toEqual([{ network: 'bluesky', handle: 'mali' }]);
});
