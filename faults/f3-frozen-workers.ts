import { setTimeout as sleep } from 'node:timers/promises';
import { LEASE_MS } from '#server/features/publishing/delivery-states.rules.ts';
import type { Fault } from './fault.ts';

/** A worker that stands still for twice its lease and then goes on as if nothing had happened. */
export const frozenWorkers: Fault = {
  name: 'F3',
  about: 'SIGSTOP past the lease, then SIGCONT, first of one of two workers and then of the only one',
  async run(stage) {
    const ledger = await stage.openLedger();
    const accounts = await stage.openAccounts('frozen', stage.sized({ small: 10, whole: 60 }));
    await ledger.connect(accounts);
    const practice = await stage.openPractice();
    // Slow, so that sends are on their way whenever it freezes.
    await practice.misbehave({ kind: 'slow', ms: 400 }, { call: 'post', times: null });
    const first = await ledger.startWorker();
    const second = await ledger.startWorker();
    const rounds = stage.sized({ small: 1, whole: 3 });
    const count = stage.sized({ small: 40, whole: 600 });
    const overMs = rounds * 2 * (2 * LEASE_MS + 4_000);
    await ledger.schedule(accounts, { label: 'F3 loaf', count, inMs: 500, overMs });
    const freeze = async (pids: number[]) => {
      for (const pid of pids) process.kill(pid, 'SIGSTOP');
      await sleep(2 * LEASE_MS);
      for (const pid of pids) process.kill(pid, 'SIGCONT');
      await sleep(3_000 + Math.random() * 1_000);
    };
    await sleep(2_000);
    for (let round = 0; round < rounds; round += 1) {
      await freeze([first.pid]);
      await freeze([first.pid, second.pid]);
    }
    await stage.untilAtRest(180_000);
  },
};
