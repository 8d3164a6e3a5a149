import { fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startPublisher } from '#server/features/publishing/index.ts';
import type { Benchmark } from './benchmark.ts';
import { countOpen, fillLedger, openShop } from './fill-ledger.ts';
import { inRounds } from './in-rounds.ts';
import { measureHouse } from './measure-house.ts';

const IN_FLIGHT = 256;
const LEASE_MS = 10_000;
const FLOOR_MS = 60_000;
const TARGET_MS = 15_000;
const ROUNDS = 7;

/** A worker dies with sends under way: how long until the other one has found out what became of the last of them. */
export const recovery: Benchmark = {
  name: 'B12',
  about: 'recovery: one of two workers is killed with 256 sends in flight, until the last of them is resolved',
  run: ({ small, say }) =>
    measureHouse({ sendsAtOnce: IN_FLIGHT, publishes: false }, async (open, outside) => {
      const shop = await openShop(open.house, { channels: IN_FLIGHT, server: outside.url });
      const rounds = small ? 1 : ROUNDS;
      const { median, spread } = await inRounds(rounds, async (nth) => {
        say(`round ${nth} of ${rounds}…`);
        // Every call is taken and none answered: they are in flight until their worker dies.
        await outside.answerAfter(600_000);
        const worker = fork(path.join(import.meta.dirname, 'worker-process.ts'));
        worker.send({ joining: open.joining, sendsAtOnce: IN_FLIGHT });
        await once(worker, 'message');
        await fillLedger(open.house, shop, Array(IN_FLIGHT).fill(new Date()));
        while ((await outside.count()) < IN_FLIGHT) await sleep(25);
        const other = await startPublisher(open.house, { sendsAtOnce: IN_FLIGHT });
        await outside.answerAfter(50);
        worker.kill('SIGKILL');
        const killedAt = performance.now();
        while ((await countOpen(open.house, [shop])) > 0 && performance.now() - killedAt < 2 * FLOOR_MS)
          await sleep(50);
        const resolvedMs = Math.round(performance.now() - killedAt);
        const unresolved = await countOpen(open.house, [shop]);
        const duplicates = (await outside.arrivals()).length - (await outside.count());
        await other.stop();
        await outside.forget();
        return { resolvedMs, resolvedPerLease: resolvedMs / LEASE_MS, unresolved, duplicates };
      });
      const figures = { inFlight: IN_FLIGHT, rounds, leaseMs: LEASE_MS, ...median };
      const nothingWrong = spread.duplicates[1] === 0 && spread.unresolved[1] === 0;
      const pass = median.resolvedMs <= FLOOR_MS && nothingWrong;
      const bounds = { floor: FLOOR_MS / LEASE_MS, target: TARGET_MS / LEASE_MS };
      return { name: 'B12', figures, spread, ratio: median.resolvedPerLease, better: 'lower', ...bounds, pass };
    }),
};
