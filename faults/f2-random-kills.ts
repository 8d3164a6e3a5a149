import { setTimeout as sleep } from 'node:timers/promises';
import type { Fault } from './fault.ts';

/** Two workers, one of which is killed again and again while posts come due. */
export const randomKills: Fault = {
  name: 'F2',
  about: 'kill -9 of one of two workers, again and again',
  sizes: ['small', 'whole', 'soak'],
  weight: 4,
  async run(stage) {
    const ledger = await stage.openLedger();
    const accounts = await stage.openAccounts('kills', stage.sized({ small: 12, whole: 100 }));
    await ledger.connect(accounts);
    const overMs = stage.sized({ small: 12_000, whole: 120_000, soak: 600_000 });
    const count = stage.sized({ small: 60, whole: 2_000, soak: 5_000 });
    const workers = [await ledger.startWorker(), await ledger.startWorker()];
    await ledger.schedule(accounts, { label: 'F2 loaf', count, inMs: 1_000, overMs });
    const end = performance.now() + overMs;
    let kills = 0;
    for (let turn = 0; performance.now() < end; turn += 1) {
      await sleep(500 + Math.random() * 2_500);
      await workers[turn % 2]?.kill();
      kills += 1;
      workers[turn % 2] = await ledger.startWorker();
    }
    stage.say(`${kills} kills`);
    if (kills < 2) stage.complain('nothing was killed');
    await stage.untilAtRest(180_000);
  },
};
