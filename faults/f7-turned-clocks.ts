import { existsSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { holdClock } from '#test/clock.ts';
import type { Fault } from './fault.ts';
import type { Stage } from './stage.ts';

const library = '/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1';

/** What the clocks of the workers do, one after the other: seconds beside the true time, and how fast they go. */
const turns = ['+3600', '-3600', '+86400', '-86400', '+0 x1.2', '+0 x0.8', '+0'];

const HOUR_MS = 3_600_000;
/** Less than the grace time, so that what it makes due still goes out. */
const JUMP_MS = 50 * 60_000;

/** The wall clocks of the workers jump and drift, each by itself; then that of the database jumps. */
export const turnedClocks: Fault = {
  name: 'F7',
  about: 'clocks of workers jump by an hour and a day and drift; the database’s clock jumps forth and back',
  weight: 2,
  async run(stage) {
    await Promise.all([turnWorkers(stage), turnDatabase(stage)]);
    await stage.untilAtRest(240_000);
  },
};

async function turnWorkers(stage: Stage): Promise<void> {
  if (!existsSync(library)) throw new Error('Debian’s faketime is not on this machine.');
  const ledger = await stage.openLedger({ database: 'workers' });
  const accounts = await stage.openAccounts('wall', stage.sized({ small: 8, whole: 30 }));
  await ledger.connect(accounts);
  const eachMs = stage.sized({ small: 2_000, whole: 8_000 });
  const count = stage.sized({ small: 40, whole: 300 });
  const folder = mkdtempSync(path.join(tmpdir(), 'clocks-'));
  const files = ['one', 'other'].map((name) => path.join(folder, name));
  const set = (n: number, turn: string) => writeFileSync(files[n] ?? '', `${turn}\n`);
  for (const [n, file] of files.entries()) {
    set(n, '+0');
    // Node stands still where its monotonic clock is turned with the other one.
    const faked = { FAKETIME_DONT_FAKE_MONOTONIC: '1', FAKETIME_NO_CACHE: '1', FAKETIME_TIMESTAMP_FILE: file };
    await ledger.startWorker({}, { env: { LD_PRELOAD: library, ...faked } });
  }
  await ledger.schedule(accounts, { label: 'F7 wall', count, inMs: 500, overMs: eachMs * turns.length });
  for (const [n, turn] of turns.entries()) {
    set(0, turn);
    set(1, turns[(n + 3) % turns.length] ?? '+0');
    await sleep(eachMs);
  }
}

/**
 * What the jump makes due goes out at once, also what is on its way when it comes; what it makes later than the grace
 * time is held. The network is slow, so that a send lasts longer than the jump needs to pretend that its time was over.
 */
async function turnDatabase(stage: Stage): Promise<void> {
  const ledger = await stage.openLedger({ database: 'database' });
  stage.allow(ledger, { held: ['late'] });
  const accounts = await stage.openAccounts('day', stage.sized({ small: 8, whole: 30 }));
  const slow = await stage.openAccounts('slow', stage.sized({ small: 4, whole: 12 }), { kind: 'keyless' });
  await ledger.connect([...accounts, ...slow]);
  const practice = await stage.openPractice();
  for (const { handle } of slow)
    await practice.misbehave({ kind: 'slow', ms: 14_000 }, { account: handle, call: 'post', times: null });
  const count = stage.sized({ small: 24, whole: 200 });
  await ledger.startWorker();
  await ledger.startWorker();
  await ledger.schedule(accounts, { label: 'F7 in an hour', count, inMs: JUMP_MS - 60_000, overMs: 30_000 });
  await ledger.schedule(accounts, { label: 'F7 in a day', count, inMs: 12 * HOUR_MS, overMs: 10_000 });
  await ledger.schedule(accounts, { label: 'F7 today', count, overMs: 10_000 });
  await ledger.schedule(slow, { label: 'F7 slow', count: slow.length });
  const clock = holdClock({ ownerUrl: ledger.server.ownerUrl(ledger.database) });
  const isUnderWay = `state = 'armed' AND channel_id IN (SELECT id FROM channel WHERE name LIKE 'slow-%')`;
  if (!(await ledger.untilSome(isUnderWay, 60_000))) stage.complain('nothing was under way when the clock jumped');
  await clock.advance(JUMP_MS);
  await sleep(stage.sized({ small: 20_000, whole: 30_000 }));
  await clock.advance(-JUMP_MS / 2);
  await sleep(5_000);
  await clock.advance(JUMP_MS / 2);
  await sleep(stage.sized({ small: 35_000, whole: 60_000 }));
  await clock.advance(24 * HOUR_MS);
}
