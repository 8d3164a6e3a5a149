import type { GoalStatus } from '#contract/strategy.ts';
import { countDays, shiftDay } from './local-days.rules.ts';

/** The figure of a goal at the end of one local day. */
export interface DayPoint {
  on: string;
  value: number;
}

/** Everything the judgement of a goal needs; nothing else enters it. */
export interface GoalCourse {
  better: 'up' | 'down';
  /** Where the way begins: the baseline of a level, 0 for what adds up from the start. Null: not known yet. */
  origin: number | null;
  /** The target as a number; null while it cannot be said. */
  target: number | null;
  startsOn: string;
  deadlineOn: string;
  today: string;
  /** Measured days, oldest first, one point a day, none after the deadline. Days without a measurement are absent. */
  points: readonly DayPoint[];
  /** There is nothing that could be measured (no post serves it), so that waiting for figures is no excuse. */
  nothingToMeasure: boolean;
}

export interface Judgement {
  status: GoalStatus;
  share: number | null;
  projected: number | null;
  perDay: number | null;
}

/** Days that the trend looks back. */
const TREND_DAYS = 14;
/** Measured days without which there is no trend. */
const TREND_POINTS = 3;

/**
 * Judges how a goal stands.
 *
 * - `share` = (value − origin) / (target − origin), value being the last point.
 * - `perDay` is the slope of the least-squares line through the measured days of the last 14 (the sum of
 *   (x − x̄)(y − ȳ) over the sum of (x − x̄)²); null with fewer than 3 measured days.
 * - `projected` = value + perDay × days from the last measured day to the deadline, never below 0.
 *
 * reached: the value meets the target. missed: the deadline is over, the value does not meet the target, and it is
 * known (or nothing was ever there to measure). Before the deadline and with a trend: on-track when the projection meets
 * the target or the share is at least the share of the time that is over; at-risk when both fall short. Anything else is
 * not-enough-data, a missing figure above all: it counts as neither good nor bad.
 */
export function judgeGoal(course: GoalCourse): Judgement {
  const last = course.points.at(-1);
  const over = course.today > course.deadlineOn;
  if (!last || course.target === null) {
    const missed = over && !last && course.nothingToMeasure;
    return { status: missed ? 'missed' : 'not-enough-data', share: null, projected: null, perDay: null };
  }
  const target = course.target;
  const meets = (value: number) => (course.better === 'up' ? value >= target : value <= target);
  const share = shareOf(last.value, course.origin, target);
  const perDay = over ? null : slopeOf(course.points.filter((p) => p.on > shiftDay(course.today, -TREND_DAYS)));
  const projected = perDay === null ? null : Math.max(0, last.value + perDay * countDays(last.on, course.deadlineOn));
  const status = (): GoalStatus => {
    if (meets(last.value)) return 'reached';
    if (over) return 'missed';
    if (projected === null) return 'not-enough-data';
    return meets(projected) || (share !== null && share >= timeShare(course)) ? 'on-track' : 'at-risk';
  };
  return { status: status(), share, projected, perDay };
}

/**
 * The target as a number. A relative one is baseline × (1 + percent / 100), so 100 is twice; it is null without a
 * baseline, and with a baseline of 0, of which there is no percentage.
 */
export function resolveTarget(
  target: { kind: 'number'; value: number } | { kind: 'relative'; percent: number },
  baseline: number | null,
): number | null {
  if (target.kind === 'number') return target.value;
  // Divided last: 200 + 15 % is then 230 and not a hair beside it.
  return baseline === null || baseline === 0 ? null : (baseline * (100 + target.percent)) / 100;
}

/** The first measured day on which the target was met, or null. */
export function findReachedDay(
  points: readonly DayPoint[],
  target: number | null,
  better: 'up' | 'down',
): string | null {
  if (target === null) return null;
  return points.find((p) => (better === 'up' ? p.value >= target : p.value <= target))?.on ?? null;
}

function shareOf(value: number, origin: number | null, target: number): number | null {
  return origin === null || origin === target ? null : (value - origin) / (target - origin);
}

/** The share of the goal's days that are over, today counting as one: 0 before the start, 1 on the deadline. */
function timeShare(course: GoalCourse): number {
  const days = countDays(course.startsOn, course.deadlineOn) + 1;
  const passed = countDays(course.startsOn, course.today) + 1;
  return Math.min(1, Math.max(0, passed / days));
}

function slopeOf(points: readonly DayPoint[]): number | null {
  const first = points[0];
  if (!first || points.length < TREND_POINTS) return null;
  const xs = points.map((p) => countDays(first.on, p.on));
  const meanX = xs.reduce((a, b) => a + b, 0) / xs.length;
  const meanY = points.reduce((a, p) => a + p.value, 0) / points.length;
  const spread = xs.reduce((a, x) => a + (x - meanX) ** 2, 0);
  const rise = points.reduce((a, p, i) => a + ((xs[i] ?? 0) - meanX) * (p.value - meanY), 0);
  return spread === 0 ? null : rise / spread;
}
