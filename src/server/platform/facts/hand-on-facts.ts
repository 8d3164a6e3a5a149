import type { House } from '../context/context.ts';
import { type Fact, markHandedOn, takeWaiting } from './fact-store.ts';
import type { Hearers } from './facts.ts';

const POLL_MS = 5_000;
const BATCH = 50;

/**
 * Hands on what is waiting until nothing is, and returns how many facts were heard by all their hearers. When it is told
 * to end, what it had taken waits for its next try.
 */
export async function handOnFacts(house: House, hearers: Hearers, shallEnd = () => false): Promise<number> {
  let heard = 0;
  for (;;) {
    const facts = await house.db.across((tx) => takeWaiting(tx, BATCH));
    for (const fact of facts) {
      if (shallEnd()) return heard;
      if (await handOn(house, hearers, fact)) heard += 1;
    }
    if (facts.length < BATCH) return heard;
  }
}

async function handOn(house: House, hearers: Hearers, fact: Fact): Promise<boolean> {
  const log = house.log.child({ fact: fact.kind, factId: fact.id });
  try {
    for (const { kind, hear } of hearers) if (kind === fact.kind) await hear({ house, log }, fact);
    await house.db.inWorkspace(fact.workspaceId, (tx) => markHandedOn(tx, fact));
    return true;
  } catch (error) {
    log.error({ err: error }, 'a fact was not heard and will be told again');
    return false;
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
  const round = () => {
    if (stopped) return;
    if (running) {
      again = true;
      return;
    }
    running = handOnFacts(house, hearers, () => stopped)
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
      clearInterval(timer);
      await unlisten();
      await running;
    },
  };
}
