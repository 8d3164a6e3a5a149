import { expect, test } from 'vitest';
import { openFairQueue } from './fair-queue.ts';

test('a lane of few is served between those of many, each lane in its own order', async () => {
  const queue = openFairQueue();
  const done: string[] = [];
  const doIt = (name: string) => async () => {
    done.push(name);
  };
  await Promise.all([
    ...[1, 2, 3, 4].map((number) => queue.run('many', doIt(`many ${number}`))),
    ...[1, 2].map((number) => queue.run('few', doIt(`few ${number}`))),
  ]);
  expect(done).toEqual(['many 1', 'many 2', 'few 1', 'many 3', 'few 2', 'many 4']);
});

test('work that fails is its own bringer’s trouble', async () => {
  const queue = openFairQueue();
  const failing = queue.run('one', () => Promise.reject(new Error('broken')));
  const next = queue.run('one', async () => 'done');
  await expect(failing).rejects.toThrow('broken');
  expect(await next).toBe('done');
});
