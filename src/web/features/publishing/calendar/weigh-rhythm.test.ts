import { expect, test } from 'vitest';
import type { Channel } from '#contract/channels.ts';
import type { Post } from '#contract/posts.ts';
import { addDays } from '../../../lib/local-day.ts';
import { weighRhythm } from './weigh-rhythm.ts';

const monday = '2026-11-23';
const channel = (cadencePerWeek: number | null, state = 'active') => ({ id: 'c', cadencePerWeek, state }) as Channel;
const post = (channelId: string, state = 'scheduled') =>
  ({ id: 'p', state, variants: [{ channelId }] }) as unknown as Post;
const week = (posts: Record<number, Post[]>, days = 7) =>
  Array.from({ length: days }, (_, at) => {
    const on = addDays(monday, at);
    return { on, slots: (posts[at] ?? []).map((it) => ({ post: it, local: `${on}T10:00` })) };
  });

test('free days are as many as posts are missing, as far from the others as can be', () => {
  const [rhythm] = weighRhythm([channel(3)], week({ 0: [post('c')] }), monday);
  expect(rhythm).toMatchObject({ planned: 1, wanted: 3, freeOn: ['2026-11-26', '2026-11-29'] });
});

test('no day is called free when enough is planned, when it is over, or when something goes out there already', () => {
  expect(weighRhythm([channel(1)], week({ 0: [post('c')] }), monday)[0]?.freeOn).toEqual([]);
  expect(weighRhythm([channel(5)], week({}), addDays(monday, 7))[0]?.freeOn).toEqual([]);
  const [full] = weighRhythm([channel(9)], week({ 0: [post('c')], 1: [post('c'), post('c')] }), addDays(monday, 5));
  expect(full).toMatchObject({ planned: 3, freeOn: ['2026-11-28', '2026-11-29'] });
});

test('what goes out elsewhere or failed does not count', () => {
  const days = week({ 0: [post('other')], 1: [post('c', 'failed')] });
  expect(weighRhythm([channel(1)], days, monday)[0]).toMatchObject({ planned: 0, freeOn: [monday] });
});

test('one post in two weeks asks for none in a single week, and for one in two', () => {
  expect(weighRhythm([channel(0.5)], week({}), monday)[0]).toMatchObject({ wanted: 0, freeOn: [] });
  expect(weighRhythm([channel(0.5)], week({}, 14), monday)[0]).toMatchObject({ wanted: 1, freeOn: [monday] });
});

test('a channel without a cadence, or at rest, asks for nothing', () => {
  expect(weighRhythm([channel(null), channel(0), channel(3, 'dormant')], week({}), monday)).toEqual([]);
});
