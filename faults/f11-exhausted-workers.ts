import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Product } from '../e2e/product.ts';
import type { Fault } from './fault.ts';

/** Workers whose event loop stands still for longer than a lease, and workers that run out of memory. */
export const exhaustedWorkers: Fault = {
  name: 'F11',
  about: 'event loops that stand still for 10 s, and workers that die of too little memory',
  async run(stage) {
    const ledger = await stage.openLedger();
    const accounts = await stage.openAccounts('tired', stage.sized({ small: 8, whole: 50 }));
    await ledger.connect(accounts);
    const practice = await stage.openPractice();
    await practice.misbehave({ kind: 'slow', ms: 300 }, { call: 'post', times: null });
    const rounds = stage.sized({ small: 1, whole: 3 });
    const count = stage.sized({ small: 40, whole: 500 });
    const preload = path.join(import.meta.dirname, 'stand-still.cjs');
    const start = () =>
      ledger.startWorker({}, { env: { NODE_OPTIONS: `--require=${preload} --max-old-space-size=192` } });
    let [tired, greedy]: Product[] = [await start(), await start()];
    await ledger.schedule(accounts, { label: 'F11 loaf', count, overMs: rounds * 18_000 });
    await ledger.untilSome(`state = 'armed'`, 60_000);
    for (let round = 0; round < rounds; round += 1) {
      process.kill(tired?.pid ?? 0, 'SIGUSR2');
      await sleep(2_000);
      process.kill(greedy?.pid ?? 0, 'SIGHUP');
      const how = await Promise.race([greedy?.ended, sleep(30_000, 'nothing')]);
      if (how !== 'SIGABRT' && how !== 'SIGTRAP' && how !== '134')
        stage.complain(`a worker without memory ended by ${how}`);
      await greedy?.kill();
      [greedy, tired] = [tired, await start()];
      await sleep(10_000);
    }
    await stage.untilAtRest(180_000);
  },
};
