import { setTimeout as sleep } from 'node:timers/promises';
import type { House } from '../context/context.ts';
import { type Fact, markHandedOn, takeWaiting } from './fact-store.ts';
import type { Hearers } from './facts.ts';

const POLL_MS = 5_000;
const BATCH = 500;
/**
 * Many facts at once come of many posts at once, whose publishing goes first: after so many of them, hearers rest so many
 * times as long as it took and so long at most, unless facts have waited too long for that.
 */
const MANY = 20;
const RESTS = 20;
const LONGEST_REST_MS = 5_000;
const LONGEST_WAIT_MS = 10_000;

/**
 * Hands on what is waiting until nothing is, and returns how many facts were heard by all their hearers. When it is told
 * to end, what it had taken waits for its next try.
 */
export async function handOnFacts(
  house: House,
  hearers: Hearers,
  { shallEnd = () => false, rest }: { shallEnd?: () => boolean; rest?: (ms: number) => Promise<unknown> } = {},
): Promise<number> {
  let heard = 0;
  for (;;) {
    const beganAt = performance.now();
    const facts = await house.db.across((tx) => takeWaiting(tx, BATCH));
    for (const run of runsOf(facts)) {
      if (shallEnd()) return heard;
      heard += await handOn(house, hearers, run);
    }
    const isBehind = facts.some(({ waitedMs }) => waitedMs > LONGEST_WAIT_MS);
    if (rest && facts.length > MANY && !isBehind && !shallEnd())
      await rest(Math.min(LONGEST_REST_MS, RESTS * (performance.now() - beganAt)));
    if (facts.length < BATCH) return heard;
  }
}

type Run = [Fact, ...Fact[]];

/** Facts as they are heard together: of one workspace, of one kind, and nothing else of the workspace between them. */
function runsOf(facts: readonly Fact[]): Run[] {
  const runs: Run[] = [];
  const last = new Map<string, Run>();
  for (const fact of facts) {
    const run = last.get(fact.workspaceId);
    if (run?.[0].kind === fact.kind) {
      run.push(fact);
      continue;
    }
    const next: Run = [fact];
    last.set(fact.workspaceId, next);
    runs.push(next);
  }
  return runs;
}

/** Returns how many were heard. When facts cannot be heard together each is told alone: one that fails, fails by itself. */
async function handOn(house: House, hearers: Hearers, run: Run): Promise<number> {
  const [{ workspaceId, kind, id }, ...others] = run;
  const log = house.log.child({ fact: kind, factId: id });
  try {
    for (const hearer of hearers) if (hearer.kind === kind) await hearer.hear({ house, log }, run);
    await house.db.inWorkspace(workspaceId, (tx) => markHandedOn(tx, run));
    return run.length;
  } catch (error) {
    if (others.length === 0) {
      log.error({ err: error }, 'a fact was not heard and will be told again');
      return 0;
    }
    let heard = 0;
    for (const fact of run) heard += await handOn(house, hearers, [fact]);
    return heard;
  }
}

export interface FactPump {
  /** Waits for the round that runs and stops. */
  stop(): Promise<void>;
}

/** Hands facts on as they are told: woken by a notice, and by a look every few seconds because notices can be lost. */
export async function startFactPump(house: House, hearers: Hearers): Promise<FactPump> {
  let stopped = false;
  let running: Promise<void> | null = null;
  let again = false;
  const ending = new AbortController();
  const rest = (ms: number) => sleep(ms, undefined, { signal: ending.signal }).catch(() => undefined);
  const round = () => {
    if (stopped) return;
    if (running) {
      again = true;
      return;
    }
    running = handOnFacts(house, hearers, { shallEnd: () => stopped, rest })
      .then(
        () => undefined,
        (error) => house.log.warn({ err: error }, 'facts wait: the database did not answer'),
      )
      .finally(() => {
        running = null;
        if (again) {
          again = false;
          round();
        }
      });
  };
  const unlisten = await house.db.listen('fact', round);
  const timer = setInterval(round, POLL_MS);
  return {
    async stop() {
      stopped = true;
      ending.abort();
      clearInterval(timer);
      await unlisten();
      await running;
    },
  };
}
