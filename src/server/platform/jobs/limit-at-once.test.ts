import { expect, it } from 'vitest';
import { limitAtOnce, limitAtOnceEach } from './limit-at-once.ts';

it('runs no more at once than it may, the longest waiting next, and goes on after one that failed', async () => {
  const limit = limitAtOnce(2);
  const begun: string[] = [];
  let running = 0;
  let most = 0;
  const work = (name: string) =>
    limit(async () => {
      begun.push(name);
      running += 1;
      most = Math.max(most, running);
      await new Promise((resolve) => setTimeout(resolve, 5));
      running -= 1;
      if (name === 'first') throw new Error('failed');
      return name;
    });
  const names = ['first', 'second', 'third', 'fourth', 'fifth'];
  const outcomes = await Promise.allSettled(names.map(work));
  expect(outcomes.map(({ status }) => status)).toEqual(['rejected', ...Array(4).fill('fulfilled')]);
  expect(begun).toEqual(names);
  expect(most).toBe(2);
});

it('lets no key hold up another: what waits for its own takes no place', async () => {
  const limit = limitAtOnceEach({ each: 2, all: 3 });
  const ended: string[] = [];
  const work = (key: string, ms: number) =>
    limit.run(key, async () => {
      await new Promise((resolve) => setTimeout(resolve, ms));
      ended.push(key);
    });
  const slow = Array.from({ length: 4 }, () => work('slow', 60));
  expect([limit.isFull('slow'), limit.isFull('quick')]).toEqual([true, false]);
  await Promise.all([work('quick', 1), work('quick', 1)]);
  expect(ended).toEqual(['quick', 'quick']);
  await Promise.all(slow);
  expect(limit.isFull('slow')).toBe(false);
});
