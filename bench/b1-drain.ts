import type { Benchmark } from './benchmark.ts';
import { openShop, type Shop } from './fill-ledger.ts';
import { inRounds } from './in-rounds.ts';
import { measureHouse } from './measure-house.ts';
import { runBurst } from './run-burst.ts';
import { countIdleJobs } from './run-graphile.ts';

const SENDS_AT_ONCE = 256;
const SHOPS = 4;
const CHANNELS = 500;
const ROUNDS = 7;
const FLOOR = 0.6;

/** How many posts a second go the whole way when the network takes no time. */
export const drain: Benchmark = {
  name: 'B1',
  about: 'drain: 20,000 due posts of 500 accounts, a network that answers at once, the whole way of a publish',
  run: ({ small, say }) =>
    measureHouse({ sendsAtOnce: SENDS_AT_ONCE }, async (open, outside) => {
      await outside.answerAfter(0);
      const posts = small ? 2_000 : 20_000;
      const shops: Shop[] = [];
      for (let i = 0; i < SHOPS; i += 1)
        shops.push(await openShop(open.house, { channels: CHANNELS / SHOPS, server: outside.url }));
      say('warming up…');
      await runBurst(open, outside, { shops, posts: 500, inMs: 500 });
      const rounds = small ? 1 : ROUNDS;
      const { median, spread } = await inRounds(rounds, async (nth) => {
        say(`round ${nth} of ${rounds}: ${posts} posts…`);
        const { drainMs, duplicates, missed } = await runBurst(open, outside, { shops, posts, inMs: 3_000 });
        say('jobs of graphile-worker that do nothing…');
        const jobsPerSecond = await countIdleJobs({ adminUrl: open.adminUrl, count: posts });
        const postsPerSecond = posts / (drainMs / 1_000);
        return { postsPerSecond, jobsPerSecond, postsPerJob: postsPerSecond / jobsPerSecond, duplicates, missed };
      });
      const figures = { posts, rounds, ...median };
      const ratio = median.postsPerJob;
      const pass = ratio >= FLOOR && spread.duplicates[1] === 0 && spread.missed[1] === 0;
      return { name: 'B1', figures, spread, ratio, better: 'higher', floor: FLOOR, target: 1.2, pass };
    }),
};
