/**
 * One figure through time: of one part of the ledger and one metric, or of one channel. `days` holds the last good
 * value of each measured day, oldest first.
 */
export interface Strand {
  /** What its contribution is counted for. */
  subject: string;
  days: readonly { on: string; value: number }[];
  /** What it counts as before its first day: 0 for a post that was not there yet, its first value for a level. */
  opening: number;
  /** Taken off every value: where a counter stood when the goal began. */
  zero: number;
}

export interface Woven {
  /** One point for each day on which anything was measured, from `from` to `until`; days without are absent. */
  points: { on: string; value: number }[];
  /** The figure at `until`; null when nothing is measured. Always the sum of the contributions. */
  value: number | null;
  /** Per subject; a subject without a measured day is absent. */
  contributions: Map<string, number>;
}

/**
 * Adds strands up. Between measured days a strand keeps its last value, so that a post which was not looked at on a day
 * is not counted as nothing on that day; before its first day it counts as its opening.
 */
export function weave(strands: readonly Strand[], { from, until }: { from: string; until: string }): Woven {
  const measured = strands.filter((strand) => strand.days.some((day) => day.on <= until));
  const last = new Map(measured.map((strand) => [strand, strand.opening]));
  let sum = measured.reduce((total, strand) => total + strand.opening - strand.zero, 0);
  const steps = measured
    .flatMap((strand) => strand.days.filter((day) => day.on <= until).map((day) => ({ strand, ...day })))
    .sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0));
  const points = new Map<string, number>();
  for (const { strand, on, value } of steps) {
    sum += value - (last.get(strand) ?? 0);
    last.set(strand, value);
    if (on >= from) points.set(on, sum);
  }
  const contributions = new Map<string, number>();
  for (const [strand, value] of last) {
    contributions.set(strand.subject, (contributions.get(strand.subject) ?? 0) + value - strand.zero);
  }
  return {
    points: [...points].map(([on, value]) => ({ on, value })),
    value: measured.length === 0 ? null : [...contributions.values()].reduce((a, b) => a + b, 0),
    contributions,
  };
}
