import { fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import type { Benchmark } from './benchmark.ts';
import { openShop, type Shop } from './fill-ledger.ts';
import { inRounds } from './in-rounds.ts';
import { measureHouse } from './measure-house.ts';
import { runBurst } from './run-burst.ts';
import { runGraphile } from './run-graphile.ts';
import { watchMemory } from './watch-memory.ts';

const SENDS_AT_ONCE = 256;
const ANSWER_MS = 50;
const SHOPS = 4;
const POSTS_A_CHANNEL = 5;
const ROUNDS = 7;
const MOST_MB = 512;

/** Many posts due at one instant: how late each begins, how long until the last is settled, and nothing twice. */
export const burstLateness: Benchmark = {
  name: 'B2',
  about: 'burst lateness: 10,000 posts due at one instant, a network that takes 50 ms, 256 sends at once',
  run: async ({ small, say }) => {
    const count = small ? 1_000 : 10_000;
    const channels = count / SHOPS / POSTS_A_CHANNEL;
    say('memory, in a round of its own…');
    const memory = await measureMemory({ count, channels });
    return measureHouse({ sendsAtOnce: SENDS_AT_ONCE }, async (open, outside) => {
      const floorMs = (count * ANSWER_MS) / SENDS_AT_ONCE;
      // A small run is over before its start has been paid for.
      const bounds = small ? { ratio: 8, p99Ms: 5_000 } : { ratio: 2.5, p99Ms: 5_000 };
      const shops: Shop[] = [];
      for (let i = 0; i < SHOPS; i += 1) shops.push(await openShop(open.house, { channels, server: outside.url }));
      const burst = (posts: number, inMs: number) => runBurst(open, outside, { shops, posts, inMs });
      say('warming up…');
      await burst(Math.min(500, count / 2), 500);
      const rounds = small ? 1 : ROUNDS;
      const { median, spread } = await inRounds(rounds, async (nth) => {
        say(`round ${nth} of ${rounds}: ${count} posts, all due at one instant…`);
        const ours = await burst(count, 3_000);
        say('the same by graphile-worker…');
        const theirs = await runGraphile({ adminUrl: open.adminUrl, outside, count, sendsAtOnce: SENDS_AT_ONCE });
        return {
          ...ours,
          drainPerFloor: ours.drainMs / floorMs,
          graphileLateP50Ms: theirs.p50,
          graphileLateP99Ms: theirs.p99,
          graphileDrainMs: theirs.drainMs,
          fasterThanGraphile: theirs.drainMs / ours.drainMs,
        };
      });
      const figures = { posts: count, rounds, floorMs, ...median, stackPeakMB: memory.peakMB };
      const nothingWrong = spread.duplicates[1] === 0 && spread.missed[1] === 0;
      const inTime = median.drainPerFloor <= bounds.ratio && median.lateP99Ms <= bounds.p99Ms;
      const pass = inTime && nothingWrong && memory.peakMB <= MOST_MB;
      const ratio = median.drainPerFloor;
      return { name: 'B2', figures, spread, ratio, better: 'lower', floor: bounds.ratio, target: 1.5, pass };
    });
  },
};

/** A burst in a house of its own, whose process does nothing else: looking at the memory takes time of the burst. */
const measureMemory = ({ count, channels }: { count: number; channels: number }): Promise<{ peakMB: number }> =>
  measureHouse({ sendsAtOnce: SENDS_AT_ONCE, works: false }, async (open, outside) => {
    const house = fork(path.join(import.meta.dirname, 'house-process.ts'));
    house.send({ joining: open.joining, sendsAtOnce: SENDS_AT_ONCE });
    await once(house, 'message');
    const shops: Shop[] = [];
    for (let i = 0; i < SHOPS; i += 1) shops.push(await openShop(open.house, { channels, server: outside.url }));
    const burst = () => runBurst(open, outside, { shops, posts: count, inMs: 3_000 });
    await burst();
    const memory = await watchMemory(house.pid ?? 0, burst);
    house.disconnect();
    await once(house, 'exit');
    return memory;
  });
