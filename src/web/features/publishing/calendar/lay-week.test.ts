import { expect, test } from 'vitest';
import type { Post } from '#contract/posts.ts';
import { instantsOf, layDays, moveLocal, weekOf } from './lay-week.ts';

const planned = (id: string, at: string): Post =>
  ({ id, plannedFor: { at, local: at.slice(0, 16), zone: 'UTC', moved: false } }) as unknown as Post;

test('the week begins where the reader’s week begins', () => {
  expect(weekOf('2026-11-22', 0)).toBe('2026-11-22');
  expect(weekOf('2026-11-22', 1)).toBe('2026-11-16');
  expect(weekOf('2026-11-23', 1)).toBe('2026-11-23');
});

test('a post stands on the day on which it goes out in the workspace’s zone', () => {
  const days = layDays([planned('late', '2026-11-22T18:30:00Z')], {
    from: '2026-11-22',
    days: 2,
    zone: 'Asia/Bangkok',
  });
  expect(days.map((it) => it.slots.length)).toEqual([0, 1]);
  expect(days[1]?.slots[0]?.local).toBe('2026-11-23T01:30');
});

test('posts of a day stand in the order of their hours', () => {
  const posts = [planned('b', '2026-11-22T15:00:00Z'), planned('a', '2026-11-22T07:00:00Z')];
  expect(layDays(posts, { from: '2026-11-22', days: 1, zone: 'UTC' })[0]?.slots.map((it) => it.post.id)).toEqual([
    'a',
    'b',
  ]);
});

test('a week in which clocks change is asked for whole', () => {
  expect(instantsOf('2027-03-22', 7, 'Europe/Berlin')).toEqual({
    from: '2027-03-21T23:00:00Z',
    to: '2027-03-28T22:00:00Z',
  });
});

test('moving keeps the hour over a change of clocks', () => {
  expect(moveLocal('2027-03-27T10:00', { days: 1 })).toBe('2027-03-28T10:00');
  expect(moveLocal('2026-11-22T23:30', { minutes: 60 })).toBe('2026-11-23T00:30');
});

test('a post in the hand stands where it is carried, also out of another week', () => {
  const near = planned('near', '2026-11-22T08:00:00Z');
  const afar = { post: planned('afar', '2026-12-24T08:00:00Z'), local: '2026-11-22T07:00' };
  const places = new Map([
    ['near', { post: near, local: '2026-11-23T09:30' }],
    ['afar', afar],
  ]);
  const days = layDays([near], { from: '2026-11-22', days: 2, zone: 'UTC', places });
  expect(days.map((day) => day.slots.map((it) => `${it.post.id} ${it.local}`))).toEqual([
    ['afar 2026-11-22T07:00'],
    ['near 2026-11-23T09:30'],
  ]);
});
