import { randomUUID } from 'node:crypto';
import { readClock } from '#server/platform/clock/index.ts';
import type { House } from '#server/platform/context/index.ts';
import type { ClockWatch } from './clock-watch.ts';
import { deletePulse, writePulse } from './pulse-store.ts';

/** This worker's sign of life, which `/health` reads; each beat looks at the clock as well. */
export function createPulse(house: House, clock: ClockWatch): { beat(): Promise<void>; end(): Promise<void> } {
  const id = randomUUID();
  return {
    beat: () =>
      house.db.outside(async (tx) => {
        await writePulse(tx, id);
        clock.observe(await readClock(tx));
      }),
    end: () => house.db.outside((tx) => deletePulse(tx, id)),
  };
}
