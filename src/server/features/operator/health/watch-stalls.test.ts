import { expect, it } from 'vitest';
import { watchStalls } from './watch-stalls.ts';

const LIMIT_MS = 200;

function standStill(ms: number): void {
  const until = performance.now() + ms;
  while (performance.now() < until);
}

it('tells of a process that stood still, and goes on telling for a while', () => {
  const watch = watchStalls(LIMIT_MS);
  expect(watch.read()).toBe(0);
  standStill(1_000);
  const stalledMs = watch.read();
  expect(stalledMs).toBeGreaterThanOrEqual(LIMIT_MS);
  expect(watch.read()).toBe(stalledMs);
});

it('says nothing of one that is only busy', () => {
  const watch = watchStalls(LIMIT_MS);
  standStill(550);
  expect(watch.read()).toBe(0);
});
