import { expect, it } from 'vitest';
import { batchByWorkspace } from './batch-by-workspace.ts';

const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

it('does together what is asked together, a workspace at a time, and answers each its own', async () => {
  const runs: [string, number][] = [];
  const double = batchByWorkspace(async (workspaceId: string, items: readonly number[]) => {
    runs.push([workspaceId, items.length]);
    return items.map((item) => item * 2);
  });
  const answers = await Promise.all([1, 2, 3].flatMap((n) => [double('a', n), double('b', n * 10)]));
  expect(answers).toEqual([2, 20, 4, 40, 6, 60]);
  expect(runs).toEqual([
    ['a', 3],
    ['b', 3],
  ]);
});

it('never runs one workspace twice at once, and gathers while it runs', async () => {
  let running = 0;
  const sizes: number[] = [];
  const ask = batchByWorkspace(async (_workspaceId: string, items: readonly number[]) => {
    running += 1;
    expect(running).toBe(1);
    sizes.push(items.length);
    await sleep(20);
    running -= 1;
    return items;
  });
  const first = ask('a', 0);
  await sleep(5);
  await Promise.all([first, ...Array.from({ length: 10 }, (_, n) => ask('a', n))]);
  expect(sizes).toEqual([1, 10]);
});

it('lets one that cannot be done fail alone', async () => {
  const ask = batchByWorkspace(async (_workspaceId: string, items: readonly number[]) => {
    if (items.includes(2)) throw new Error('not 2');
    return items;
  });
  const answers = await Promise.allSettled([1, 2, 3].map((n) => ask('a', n)));
  expect(answers.map((answer) => answer.status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
});

it('comes to every workspace however many there are', async () => {
  const ask = batchByWorkspace(async (_workspaceId: string, items: readonly number[]) => {
    await sleep(1);
    return items;
  });
  const answers = Promise.all(Array.from({ length: 200 }, (_, n) => ask(`workspace ${n % 40}`, n)));
  expect(await answers).toEqual(Array.from({ length: 200 }, (_, n) => n));
});
