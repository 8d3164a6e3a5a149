import { setTimeout as sleep } from 'node:timers/promises';
import { round } from './benchmark.ts';
import { readProcesses } from './read-processes.ts';

/**
 * The most memory that this process and all it started took at a time while `work` went on, in MB, with what is shared
 * counted once; the network and graphile-worker of a measurement are among them. Linux only.
 */
export async function watchMemory(work: () => Promise<unknown>): Promise<{ peakMB: number }> {
  let peakMB = 0;
  let over = false;
  const working = work().finally(() => {
    over = true;
  });
  while (!over) {
    peakMB = Math.max(peakMB, readProcesses(process.pid).all.pssMB);
    await sleep(250);
  }
  await working;
  return { peakMB: round(peakMB) };
}
