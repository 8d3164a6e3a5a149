import { round } from './benchmark.ts';

/** Figures of several rounds: the median of each, and the least and the most beside it. */
export interface Rounds<K extends string> {
  median: Record<K, number>;
  spread: Record<K, [least: number, most: number]>;
}

/** Measures so many times in a row; what is compared takes turns within a round. */
export async function inRounds<K extends string>(
  count: number,
  measure: (nth: number) => Promise<Record<K, number>>,
): Promise<Rounds<K>> {
  const measured: Record<K, number>[] = [];
  for (let nth = 1; nth <= count; nth += 1) measured.push(await measure(nth));
  const names = Object.keys(measured[0] ?? {}) as K[];
  const sorted = (name: K) => measured.map((figures) => figures[name]).sort((a, b) => a - b);
  const each = <T>(read: (values: number[]) => T) =>
    Object.fromEntries(names.map((name) => [name, read(sorted(name))])) as Record<K, T>;
  return {
    median: each((values) => round(middleOf(values))),
    spread: each((values) => [round(values[0] ?? 0), round(values.at(-1) ?? 0)]),
  };
}

const middleOf = (sorted: readonly number[]): number => {
  const half = Math.floor(sorted.length / 2);
  const upper = sorted[half] ?? 0;
  return sorted.length % 2 === 1 ? upper : ((sorted[half - 1] ?? 0) + upper) / 2;
};
