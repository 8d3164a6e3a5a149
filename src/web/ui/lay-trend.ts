/** One known value; `day` counts days since the start. */
export interface TrendPoint {
  day: number;
  value: number;
}

export interface TrendInput {
  points: TrendPoint[];
  /** Days from start to deadline. */
  days: number;
  baseline: number | null;
  target: number | null;
  projected: number | null;
}

interface Spot {
  x: number;
  y: number;
}

export interface TrendLayout {
  /** SVG paths; a day without a figure ends one. */
  segments: string[];
  /** Points without a neighbour, which no line would show. */
  points: Spot[];
  path: { x1: number; y1: number; x2: number; y2: number } | null;
  target: number | null;
  projected: Spot | null;
  /** Height of zero. */
  zero: number;
  last: (Spot & { value: number }) | null;
  /** Each point with the column that is nearer to it than to any other. */
  spots: (Spot & { point: TrendPoint; left: number; width: number })[];
}

const top = 26;
const bottom = 26;
const side = 6;

/** Places a trend in a drawing. Zero is always in sight, and so are target and projection. */
export function layTrend(input: TrendInput, size: { width: number; height: number }): TrendLayout {
  const { points, baseline, target, projected } = input;
  const days = Math.max(1, input.days, ...points.map((it) => it.day));
  const values = [0, ...points.map((it) => it.value), ...[baseline, target, projected].filter((it) => it !== null)];
  const low = Math.min(...values);
  const high = Math.max(...values, low + 1);
  const x = (day: number) => side + (day / days) * (size.width - 2 * side);
  const y = (value: number) => top + (1 - (value - low) / (high - low)) * (size.height - top - bottom);
  const runs = splitAtGaps(points);
  const last = points.at(-1);
  return {
    segments: runs
      .filter((run) => run.length > 1)
      .map((run) => run.map((it, index) => `${index === 0 ? 'M' : 'L'}${x(it.day)} ${y(it.value)}`).join(' ')),
    points: runs
      .filter((run) => run.length === 1)
      .flatMap((run) => run.map((it) => ({ x: x(it.day), y: y(it.value) }))),
    path: target === null || baseline === null ? null : { x1: x(0), y1: y(baseline), x2: x(input.days), y2: y(target) },
    target: target === null ? null : y(target),
    projected: projected === null ? null : { x: x(input.days), y: y(projected) },
    zero: y(0),
    spots: laySpots(
      points.map((point) => ({ point, x: x(point.day), y: y(point.value) })),
      size.width,
    ),
    last: last ? { x: x(last.day), y: y(last.value), value: last.value } : null,
  };
}

function splitAtGaps(points: TrendPoint[]): TrendPoint[][] {
  const runs: TrendPoint[][] = [];
  for (const point of points) {
    const run = runs.at(-1);
    const before = run?.at(-1);
    if (run && before && point.day - before.day <= 1) run.push(point);
    else runs.push([point]);
  }
  return runs;
}

/** Cuts the width at the middle between neighbours. */
function laySpots(spots: (Spot & { point: TrendPoint })[], width: number): TrendLayout['spots'] {
  return spots.map((spot, index) => {
    const before = spots[index - 1];
    const after = spots[index + 1];
    const left = before ? (before.x + spot.x) / 2 : Math.max(0, spot.x - 20);
    const right = after ? (spot.x + after.x) / 2 : Math.min(width, spot.x + 20);
    return { ...spot, left, width: right - left };
  });
}
