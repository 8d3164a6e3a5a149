import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import type { Fault } from './fault.ts';

const MINUTE_MS = 60_000;
const POSTS_A_SECOND = 5;
/** What comes in the last minutes may be late by this much more than what came in the first. */
const MOST_LATER = 1.2;
/** Below it a difference says nothing. */
const LEAST_MS = 50;

/** An hour of steady posting while somebody holds a transaction open, so that nothing dead is ever cleared away. */
export const longHour: Fault = {
  name: 'F14',
  about: 'an hour at 5 posts a second beside a transaction that is never ended; later is not slower',
  sizes: ['soak'],
  weight: 10,
  async run(stage) {
    const ledger = await stage.openLedger();
    const accounts = await stage.openAccounts('hour', 200, { kind: 'keyed' });
    await ledger.connect(accounts);
    const minutes = stage.sized({ small: 1, whole: 5, soak: 60 });
    const edgeMs = Math.min(5, minutes / 4) * MINUTE_MS;
    const idle = new pg.Client({ connectionString: ledger.server.adminUrl(ledger.database) });
    await idle.connect();
    stage.onEnd(() => idle.end());
    await idle.query('BEGIN');
    await idle.query('SELECT txid_current()');
    await ledger.startWorker();
    await ledger.startWorker();
    const startsAt = Date.now() + 2_000;
    const overMs = minutes * MINUTE_MS;
    await ledger.schedule(accounts, { label: 'F14 loaf', count: minutes * 60 * POSTS_A_SECOND, inMs: 2_000, overMs });
    await sleep(overMs + 2_000);
    await stage.untilAtRest(120_000);
    const due = new Map((await ledger.readRows()).map((row) => [row.text, row.dueAt.getTime()]));
    const accepted = await ledger.readAccepted();
    const p99Between = (fromMs: number, toMs: number) => {
      const late = accepted
        .flatMap(({ text, at }) => {
          const dueAt = due.get(text) ?? 0;
          return at && dueAt >= startsAt + fromMs && dueAt < startsAt + toMs ? [at.getTime() - dueAt] : [];
        })
        .sort((one, other) => one - other);
      return late[Math.floor(late.length * 0.99)] ?? 0;
    };
    const [first, last] = [p99Between(0, edgeMs), p99Between(overMs - edgeMs, overMs)];
    stage.say(`p99 of the first minutes ${first} ms, of the last ${last} ms`);
    if (last > Math.max(LEAST_MS, first) * MOST_LATER) stage.complain(`p99 rose from ${first} to ${last} ms`);
  },
};
