import type { OutsideProcess } from './outside.ts';

/** How late (ms) each post came that came at all, how many did not, and how many came again. */
export interface Lateness {
  late: number[];
  missed: number;
  duplicates: number;
}

/** Compares what the network outside took with when it was due; `due`: seed → due time. */
export async function compareArrivals(outside: OutsideProcess, due: ReadonlyMap<string, number>): Promise<Lateness> {
  const arrivals = await outside.arrivals();
  // Of several with one key the first counts.
  const firsts = new Map(arrivals.toReversed().map(({ key, at }) => [key, at]));
  const late: number[] = [];
  for (const [seed, at] of due) {
    const first = firsts.get(seed);
    if (first !== undefined) late.push(Math.max(0, first - at));
  }
  return { late, missed: due.size - late.length, duplicates: arrivals.length - firsts.size };
}
