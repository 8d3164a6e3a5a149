import { describe, expect, test } from 'vitest';
import { noticeKinds } from '#contract/notices.ts';
import { fillChoices, goalNews, isTold, pathOf, wordingOf } from './notice.rules.ts';

describe('who is told', () => {
  test('of a post that did not go out: those who can send it again, not those who only look', () => {
    expect(['owner', 'manager', 'editor'].map((role) => isTold(role as 'owner', 'delivery-failed'))).toEqual([
      true,
      true,
      true,
    ]);
    expect(isTold('viewer', 'delivery-failed')).toBe(false);
    expect(isTold('responder', 'delivery-failed')).toBe(false);
  });

  test('of an open outcome: approvers too, who may decide it', () => {
    expect(isTold('approver', 'delivery-unconfirmed')).toBe(true);
    expect(isTold('approver', 'delivery-failed')).toBe(false);
  });

  test('a viewer of nothing, and no member of what concerns the installation', () => {
    expect(noticeKinds.filter((kind) => isTold('viewer', kind))).toEqual([]);
    expect(isTold('owner', 'publishing-stopped')).toBe(false);
  });
});

test('a choice of one kind leaves the others as they come', () => {
  const chosen = fillChoices({ 'goal-reached': { mail: 'off', push: false, urgent: true } });
  expect(chosen.map(({ kind }) => kind)).toEqual(noticeKinds);
  expect(chosen.find(({ kind }) => kind === 'goal-reached')).toEqual({
    kind: 'goal-reached',
    mail: 'off',
    push: false,
    urgent: true,
  });
  expect(chosen.find(({ kind }) => kind === 'delivery-failed')?.mail).toBe('now');
  expect(chosen.find(({ kind }) => kind === 'member-joined')?.mail).toBe('digest');
});

test('one post leads to itself, several to the list of what waits', () => {
  const about = { kind: 'delivery-failed' as const, particulars: { postId: 'p', channelId: 'c' } };
  expect(pathOf('w', { ...about, count: 1 })).toBe('/w/w/posts/p');
  expect(pathOf('w', { ...about, count: 2 })).toBe('/w/w/deliveries?show=decide');
});

test('a late post is said in other words than one that something else holds', () => {
  expect(wordingOf('delivery-held', { reason: 'late' })).toBe('delivery-held-late');
  expect(wordingOf('delivery-held', { reason: 'new-history' })).toBe('delivery-held-new-history');
  expect(wordingOf('delivery-held', { reason: 'contract-broken' })).toBe('delivery-held');
});

describe('of a goal', () => {
  test.each([
    ['on-track', 'reached', 'goal-reached'],
    [null, 'reached', 'goal-reached'],
    ['on-track', 'at-risk', 'goal-at-risk'],
    ['at-risk', 'missed', 'goal-missed'],
    ['reached', 'reached', null],
    ['at-risk', 'on-track', null],
    [null, 'at-risk', null],
    ['on-track', 'not-enough-data', null],
  ])('that stood %s and stands %s is told: %s', (before, now, news) => {
    expect(goalNews(before, now)).toBe(news);
  });
});
