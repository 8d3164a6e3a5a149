import type { Page } from 'playwright-core';

/** How long each of a person's turns (a key, a press) took until the next picture, in milliseconds. */
export async function measureTurns(page: Page, act: () => Promise<void>): Promise<number[]> {
  await page.evaluate(() => {
    const turns = new Map<number, number>();
    Object.assign(globalThis, { turns });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) {
        const { interactionId, duration } = entry as PerformanceEntry & { interactionId: number };
        if (interactionId > 0) turns.set(interactionId, Math.max(duration, turns.get(interactionId) ?? 0));
      }
    }).observe({ type: 'event', durationThreshold: 16, buffered: false } as PerformanceObserverInit);
  });
  await act();
  return page.evaluate(async () => {
    // The last turn is told after the picture that ends it.
    await new Promise((resolve) => setTimeout(resolve, 500));
    return [...(globalThis as unknown as { turns: Map<number, number> }).turns.values()];
  });
}

/**
 * Waits until the page is there: until nothing kept it for long during a second. What comes with a page is not counted
 * as a turn.
 */
export async function waitForRest(page: Page): Promise<void> {
  await page.evaluate(async () => {
    let busyAt = performance.now();
    const watch = new PerformanceObserver(() => {
      busyAt = performance.now();
    });
    watch.observe({ type: 'longtask', buffered: true });
    while (performance.now() - busyAt < 1_000) await new Promise((resolve) => setTimeout(resolve, 100));
    watch.disconnect();
  });
}
