import { type HouseOptions, type OpenHouse, openHouse } from './open-house.ts';
import { type OutsideProcess, startOutside } from './outside.ts';

/** Runs a measurement over a house of its own and the process outside, and puts both away afterwards. */
export async function measureHouse<T>(
  options: HouseOptions,
  measure: (open: OpenHouse, outside: OutsideProcess) => Promise<T>,
): Promise<T> {
  const outside = await startOutside();
  try {
    const open = await openHouse(options);
    return await measure(open, outside).finally(() => open.close());
  } finally {
    outside.end();
  }
}
