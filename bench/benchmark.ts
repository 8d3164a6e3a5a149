/** What a benchmark found. `floor` and `target` bound the ratio; `pass` means that every figure meets its own floor. */
export interface BenchResult {
  name: string;
  figures: Record<string, number>;
  /** Of figures that are medians of several rounds: the least and the most. */
  spread?: Record<string, [least: number, most: number]>;
  ratio: number;
  better: 'higher' | 'lower';
  floor: number;
  target: number;
  pass: boolean;
}

export interface BenchOptions {
  /** Shorter, for every submission; with floors of its own where start-up weighs more. */
  small: boolean;
  say: (line: string) => void;
}

export interface Benchmark {
  name: string;
  about: string;
  run(options: BenchOptions): Promise<BenchResult>;
}

/** The value below which this share of the values lies; 0 of none. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const value = sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? 0;
  return round(value);
}

/** To a tenth. */
export const round = (value: number): number => Math.round(value * 10) / 10;
