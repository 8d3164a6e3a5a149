import { setTimeout as sleep } from 'node:timers/promises';
import { round } from './benchmark.ts';
import { readProcesses } from './read-processes.ts';

/**
 * The most memory in MB that a house took at a time while `work` went on: its process and PostgreSQL, which this process has
 * started; what is shared counts once. The network and whoever measures are not among it. Linux only.
 */
export async function watchMemory(housePid: number, work: () => Promise<unknown>): Promise<{ peakMB: number }> {
  let peakMB = 0;
  let over = false;
  const working = work().finally(() => {
    over = true;
  });
  while (!over) {
    const { app, all } = readProcesses(process.pid);
    peakMB = Math.max(peakMB, readProcesses(housePid).app.pssMB + all.pssMB - app.pssMB);
    await sleep(250);
  }
  await working;
  return { peakMB: round(peakMB) };
}
