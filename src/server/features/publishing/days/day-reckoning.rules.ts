import type { DayReckoning, DeliveryState } from '#contract/deliveries.ts';

type Fate = Exclude<keyof DayReckoning, 'on' | 'due'>;

const fates: Record<DeliveryState, Fate> = {
  scheduled: 'underWay',
  claimed: 'underWay',
  armed: 'underWay',
  processing: 'underWay',
  unconfirmed: 'unconfirmed',
  published: 'live',
  failed: 'failed',
  held: 'held',
  cancelled: 'cancelled',
};

/** A day's deliveries by what became of them. `due` is counted apart: that both agree is `addsUp`'s to say. */
export function reckonDay(
  on: string,
  due: number,
  states: readonly { state: DeliveryState; count: number }[],
): DayReckoning {
  const day = { on, due, live: 0, failed: 0, held: 0, unconfirmed: 0, cancelled: 0, underWay: 0 };
  for (const { state, count } of states) day[fates[state]] += count;
  return day;
}

/** Is every delivery that was due accounted for, once? */
export const addsUp = ({ on: _on, due, ...fate }: DayReckoning): boolean =>
  due === Object.values(fate).reduce((sum, count) => sum + count, 0);

/** A local day as a span of instants: from its start up to the start of the next; 23 or 25 hours long now and then. */
export interface DaySpan {
  on: string;
  from: Date;
  to: Date;
}

/** The local days from one date to another, both included, the latest first; at most `most` of them. */
export function daySpans(from: string, to: string, zone: string, most: number): DaySpan[] {
  const first = Temporal.PlainDate.from(from);
  const spans: DaySpan[] = [];
  for (let day = Temporal.PlainDate.from(to); spans.length < most; day = day.subtract({ days: 1 })) {
    if (Temporal.PlainDate.compare(day, first) < 0) break;
    spans.push({ on: day.toString(), from: startOf(day, zone), to: startOf(day.add({ days: 1 }), zone) });
  }
  return spans;
}

const startOf = (day: Temporal.PlainDate, zone: string) =>
  new Date(day.toZonedDateTime({ timeZone: zone }).epochMilliseconds);

/** The local date some days before an instant's own. */
export const localDateBefore = (at: Date, zone: string, days: number): string =>
  Temporal.Instant.fromEpochMilliseconds(at.getTime())
    .toZonedDateTimeISO(zone)
    .toPlainDate()
    .subtract({ days })
    .toString();
