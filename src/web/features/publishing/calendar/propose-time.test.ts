import { expect, test } from 'vitest';
import type { Post } from '#contract/posts.ts';
import { proposeTime } from './propose-time.ts';

const post = (channelId: string, time: string | null, updatedAt: string): Post =>
  ({
    variants: [{ channelId }],
    plannedFor: time && { local: `2026-11-24T${time}` },
    updatedAt,
  }) as unknown as Post;

test('the time used last for the same channel is proposed', () => {
  const planned = [
    post('a', '07:30', '2026-11-20'),
    post('a', '18:00', '2026-11-22'),
    post('b', '12:00', '2026-11-23'),
  ];
  expect(proposeTime(post('a', null, ''), planned)).toBe('18:00');
  expect(proposeTime(post('b', null, ''), planned)).toBe('12:00');
});

test('ten o’clock is proposed where nothing was planned', () => {
  expect(proposeTime(post('c', null, ''), [post('a', '07:30', '2026-11-20'), post('c', null, '2026-11-21')])).toBe(
    '10:00',
  );
});
