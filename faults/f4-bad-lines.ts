import { setTimeout as sleep } from 'node:timers/promises';
import type { Fault } from './fault.ts';
import type { NetworkAccount } from './network-account.ts';
import { type LineProxy, type Manner, manners, openProxy } from './proxy.ts';

/** What a request that publishes begins with; on `keyless` accounts another one is made while preparing. */
const publishes = 'POST /api/v1/posts ';

/**
 * Between Goalpost and the network stands a line for each way of being bad; each is bad for some time and then good
 * again. Half of them are bad for everything, preparing included, half only for the request that publishes.
 */
export const badLines: Fault = {
  name: 'F4',
  about: 'a proxy that refuses, swallows, resets after the request or in the answer, trickles, or is late by 30 s',
  weight: 3,
  async run(stage) {
    const practice = await stage.openPractice();
    const ledger = await stage.openLedger();
    const networkPort = Number(new URL(practice.url).port);
    const perLine = stage.sized({ small: 4, whole: 12 });
    const rounds = stage.sized({ small: 1, whole: 4 });
    const lines: { manner: Manner; only: string; proxy: LineProxy; accounts: NetworkAccount[] }[] = [];
    for (const manner of manners.filter((it) => it !== 'pass')) {
      for (const [name, only] of [
        ['all', ''],
        ['send', publishes],
      ] as const) {
        if (manner === 'refuse' && only !== '') continue;
        const proxy = await openProxy(networkPort);
        stage.onEnd(() => proxy.close());
        const through = `http://127.0.0.1:${proxy.port}`;
        const accounts = await stage.openAccounts(`${manner}-${name}`, perLine, { through });
        lines.push({ manner, only, proxy, accounts });
      }
    }
    await ledger.connect(lines.flatMap(({ accounts }) => accounts));
    await ledger.startWorker();
    const badMs = stage.sized({ small: 6_000, whole: 12_000 });
    for (let round = 0; round < rounds; round += 1) {
      await Promise.all(lines.map(({ proxy, manner, only }) => proxy.behave(manner, only)));
      for (const { manner, only, accounts } of lines) {
        const label = `F4 ${manner}${only === '' ? '' : ' send'} ${round}`;
        await ledger.schedule(accounts, { label, count: perLine, overMs: badMs * 0.8 });
      }
      await sleep(badMs);
      await Promise.all(lines.map(({ proxy }) => proxy.behave('pass')));
      await sleep(stage.sized({ small: 1_000, whole: 4_000 }));
    }
    for (const { manner, only, proxy } of lines)
      if (manner !== 'refuse' && proxy.spoiled() === 0)
        stage.complain(`the line "${manner}"${only && ' for sends'} spoiled nothing`);
    await stage.untilAtRest(300_000);
  },
};
