import { randomUUID } from 'node:crypto';
import type { House } from '#server/platform/context/index.ts';
import { deletePulse, writePulse } from './pulse-store.ts';

/** This worker's sign of life, which `/health` reads. */
export function createPulse(house: House): { beat(): Promise<void>; end(): Promise<void> } {
  const id = randomUUID();
  return {
    beat: () => house.db.outside((tx) => writePulse(tx, id)),
    end: () => house.db.outside((tx) => deletePulse(tx, id)),
  };
}
