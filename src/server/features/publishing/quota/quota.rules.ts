/** From this share of a quota on it is worth a word. */
const NEARLY_FULL = 0.8;

/**
 * The most that any stretch of `perMs` around `at` sees, when `count` more go out then. Networks count backwards from
 * each moment, so a stretch may begin on the day before.
 */
export function fullestAround(
  times: readonly number[],
  { at, count, perMs }: { at: number; count: number; perMs: number },
): number {
  const starts = [at, ...times.filter((time) => time > at - perMs && time < at)];
  const within = (from: number) => times.filter((time) => time >= from && time < from + perMs).length;
  return count + Math.max(...starts.map(within));
}

/** How many have gone out in the `perMs` before each time, that one included; `times` in their order. */
export function countBackwards(times: readonly number[], perMs: number): number[] {
  let first = 0;
  return times.map((time, index) => {
    while ((times[first] ?? time) <= time - perMs) first += 1;
    return index - first + 1;
  });
}

/** The fullest moment of each day that comes near the quota. */
export function listFullDays<D>(
  times: readonly number[],
  { max, perMs, dayOf }: { max: number; perMs: number; dayOf: (time: number) => D },
): { on: D; planned: number }[] {
  const peaks = new Map<D, number>();
  for (const [index, planned] of countBackwards(times, perMs).entries()) {
    const on = dayOf(times[index] ?? 0);
    peaks.set(on, Math.max(planned, peaks.get(on) ?? 0));
  }
  return [...peaks].filter(([, planned]) => planned >= NEARLY_FULL * max).map(([on, planned]) => ({ on, planned }));
}
