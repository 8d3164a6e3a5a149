import type { DeliveryState } from '#contract/deliveries.ts';
import type { DayReckoning } from '#contract/publishing.ts';

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
