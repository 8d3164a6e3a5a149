import { shiftDay, startOfDay } from '#server/features/strategy/index.ts';

/** A local day as a span of instants: from its start up to the start of the next; 23 or 25 hours long now and then. */
export interface DaySpan {
  on: string;
  from: Date;
  to: Date;
}

/** The local days from one date to another, both included, the latest first; at most `most` of them. */
export function daySpans(from: string, to: string, zone: string, most: number): DaySpan[] {
  const spans: DaySpan[] = [];
  for (let on = to; spans.length < most && on >= from; on = shiftDay(on, -1)) {
    spans.push({ on, from: startOfDay(on, zone), to: startOfDay(shiftDay(on, 1), zone) });
  }
  return spans;
}
