import { setTimeout as sleep } from 'node:timers/promises';
import { permitRegistration } from '#server/platform/auth/index.ts';
import { type Benchmark, quantile, round } from './benchmark.ts';
import { compareArrivals } from './compare-arrivals.ts';
import { countOpen, fillLedger, openShop } from './fill-ledger.ts';
import { inRounds } from './in-rounds.ts';
import { measureHouse } from './measure-house.ts';
import { measureTimers } from './measure-timers.ts';
import type { OpenHouse } from './open-house.ts';

const POSTS_A_SECOND = 5;
const CALLS_A_SECOND = 50;
const FLOOR_P99_MS = 1_000;
const TARGET_P99_MS = 150;
const CHANNELS = 200;
const LEAD_MS = 5_000;
const ROUNDS = 7;

/** A few posts a second at any millisecond, while people use the API: how late each begins. */
export const steadyLateness: Benchmark = {
  name: 'B3',
  about: 'steady lateness: 5 posts a second for 5 minutes at random milliseconds, with 50 API calls a second',
  run: ({ small, say }) =>
    measureHouse({ sendsAtOnce: 64 }, async (open, outside) => {
      const rounds = small ? 1 : ROUNDS;
      const seconds = small ? 20 : Math.ceil(300 / ROUNDS);
      const count = seconds * POSTS_A_SECOND;
      const shop = await openShop(open.house, { channels: CHANNELS, server: outside.url });
      const caller = await openCaller(open);
      await outside.startCalling({ ...caller, everyMs: 1_000 / CALLS_A_SECOND });
      const { median, spread } = await inRounds(rounds, async (nth) => {
        say(`round ${nth} of ${rounds}: ${count} posts over ${seconds} s, with ${CALLS_A_SECOND} API calls a second…`);
        const first = Date.now() + LEAD_MS;
        const times = Array.from(
          { length: count },
          () => new Date(first + Math.floor(Math.random() * seconds * 1_000)),
        );
        const due = await fillLedger(open.house, shop, times);
        await sleep(first + seconds * 1_000 - Date.now());
        for (let tries = 0; tries < 100 && (await countOpen(open.house, [shop])) > 0; tries += 1) await sleep(100);
        const { late, missed, duplicates } = await compareArrivals(outside, due);
        await outside.forget();
        say('the same by bare timers…');
        const timers = await measureTimers(outside, { count: 100 });
        await outside.forget();
        return {
          lateP50Ms: quantile(late, 0.5),
          lateP99Ms: quantile(late, 0.99),
          lateMaxMs: quantile(late, 1),
          duplicates,
          missed,
          timerP50Ms: timers.p50,
          timerP99Ms: timers.p99,
          latePerTimer: quantile(late, 0.99) / Math.max(0.1, timers.p99),
        };
      });
      const calls = await outside.stopCalling();
      const perTimer = (ms: number) => round(ms / Math.max(0.1, median.timerP99Ms));
      const figures = {
        posts: count * rounds,
        rounds,
        ...median,
        apiCalls: calls.answered,
        apiCallsFailed: calls.failed,
        apiP50Ms: quantile(calls.durations, 0.5),
        apiP99Ms: quantile(calls.durations, 0.99),
      };
      const nothingWrong = spread.duplicates[1] === 0 && spread.missed[1] === 0 && calls.failed === 0;
      const pass = median.lateP99Ms <= FLOOR_P99_MS && nothingWrong;
      const bounds = { floor: perTimer(FLOOR_P99_MS), target: perTimer(TARGET_P99_MS) };
      return { name: 'B3', figures, spread, ratio: median.latePerTimer, better: 'lower', ...bounds, pass };
    }),
};

/** A person with a workspace of their own, and what they look at all day. */
async function openCaller({ house, url }: OpenHouse): Promise<{ urls: string[]; headers: Record<string, string> }> {
  const email = 'caller@bench.example';
  await house.db.outside((tx) => permitRegistration(tx, email));
  const origin = { origin: url, 'content-type': 'application/json' };
  const signedUp = await fetch(`${url}/api/auth/sign-up/email`, {
    method: 'POST',
    headers: origin,
    body: JSON.stringify({ name: 'Caller', email, password: 'correct horse battery' }),
  });
  const cookie = signedUp.headers
    .getSetCookie()
    .map((each) => each.split(';')[0])
    .join('; ');
  const made = await fetch(`${url}/api/workspaces`, {
    method: 'POST',
    headers: { ...origin, cookie },
    body: JSON.stringify({ name: 'Caller', language: 'en', zone: 'UTC' }),
  });
  const { id } = (await made.json()) as { id?: string };
  if (!id) throw new Error(`the caller has no workspace (${signedUp.status}, ${made.status})`);
  const paths = ['posts', 'deliveries?show=due', 'publishing/health', 'channels'];
  return { urls: paths.map((path) => `${url}/api/workspaces/${id}/${path}`), headers: { cookie } };
}
