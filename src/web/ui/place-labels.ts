import type { TrendLayout } from './lay-trend.ts';

/** Where a label of a trend stands: the beginning or end of its base line. */
export interface PlacedLabel {
  x: number;
  y: number;
  anchor: 'start' | 'end';
}

interface Box {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

interface Labels {
  /** Stands on the level itself, at its beginning. */
  target: string | null;
  value: string | null;
  projected: string | null;
}

/** A letter at the size of the labels; rather too wide than too narrow. */
const LETTER = 7.5;
const ABOVE = 9;
const BELOW = 21;

/**
 * Places what is written at the ends of a trend: above its point where there is room, else below it, so that neither
 * the level of the target nor the other label runs through it.
 */
export function placeLabels(
  layout: Pick<TrendLayout, 'last' | 'projected' | 'target' | 'zero'>,
  { target: level, value, projected }: Labels,
  { width }: { width: number },
): { value: PlacedLabel | null; projected: PlacedLabel | null } {
  const { target, zero, last } = layout;
  const taken: Box[] = target === null ? [] : [{ left: 0, right: width, top: target, bottom: target }];
  if (target !== null && level !== null)
    taken.push({ left: 0, right: level.length * LETTER, top: target - 19, bottom: target });
  const place = (words: string, spot: { x: number; y: number }, anchor: PlacedLabel['anchor']): PlacedLabel => {
    const long = words.length * LETTER;
    // Words stay inside the drawing, also where the point is at its edge.
    const x = anchor === 'end' ? Math.max(spot.x, Math.min(long, width)) : spot.x;
    const tried = [spot.y - ABOVE, spot.y + BELOW].map((y) => Math.min(zero - 6, Math.max(14, y)));
    const boxOf = (y: number): Box => ({
      left: anchor === 'end' ? x - long : x,
      right: anchor === 'end' ? x : x + long,
      top: y - 13,
      bottom: y + 4,
    });
    const y = tried.find((it) => taken.every((box) => !meets(box, boxOf(it)))) ?? tried[1] ?? spot.y;
    taken.push(boxOf(y));
    return { x, y, anchor };
  };
  const end = layout.projected;
  const atEnd = projected !== null && end ? place(projected, { x: end.x - 10, y: end.y }, 'end') : null;
  if (value === null || !last) return { value: null, projected: atEnd };
  const fits = last.x + 8 + value.length * LETTER <= width;
  const atLast = place(
    value,
    { x: fits ? last.x + 8 : Math.min(width, last.x + 8), y: last.y },
    fits ? 'start' : 'end',
  );
  return { value: atLast, projected: atEnd };
}

const meets = (one: Box, other: Box): boolean =>
  one.left < other.right && other.left < one.right && one.top <= other.bottom && other.top <= one.bottom;
