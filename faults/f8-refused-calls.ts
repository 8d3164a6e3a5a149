import { setTimeout as sleep } from 'node:timers/promises';
import { holdClock } from '#test/clock.ts';
import type { Fault } from './fault.ts';
import type { Stage } from './stage.ts';

const HOUR_MS = 3_600_000;
const limits = ['seconds', 'date', 'none', 'past', 'absurd', 'app'];

/** The network says no in every way it has: too many calls, its own trouble, credentials that ended, rights taken away. */
export const refusedCalls: Fault = {
  name: 'F8',
  about: '429 in every form, 500 storms, credentials expired, revoked and rotated in flight, permissions removed',
  weight: 3,
  async run(stage) {
    await Promise.all([refuseInPassing(stage), takeAway(stage), limitDay(stage)]);
    await stage.untilAtRest(300_000);
  },
};

/** What passes by itself: everything goes out. */
async function refuseInPassing(stage: Stage): Promise<void> {
  const practice = await stage.openPractice();
  const ledger = await stage.openLedger({ database: 'passing' });
  const perKind = stage.sized({ small: 2, whole: 4 });
  const perAccount = stage.sized({ small: 3, whole: 10 });
  const troubles = [
    ...limits.map((form) => ({ name: `limit-${form}`, order: { kind: 'rate-limit', form, seconds: 2 }, times: 2 })),
    { name: 'storm', order: { kind: 'fail-before' }, times: 3 },
    { name: 'rejected', order: { kind: 'credential-expired' }, times: 2 },
    { name: 'expired', order: { kind: 'slow', ms: 200 }, times: 5 },
  ];
  const workers = Promise.all([ledger.startWorker(), ledger.startWorker()]);
  for (const { name, order, times } of troubles) {
    const accounts = await stage.openAccounts(name, perKind);
    await ledger.connect(accounts);
    for (const { handle } of accounts) await practice.misbehave(order, { account: handle, call: 'post', times });
    const overMs = stage.sized({ small: 3_000, whole: 15_000 });
    await ledger.schedule(accounts, { label: `F8 ${name}`, count: perKind * perAccount, inMs: 2_000, overMs });
    // The tokens end again and again, and both workers meet that at once.
    if (name === 'expired') {
      await workers;
      for (let n = 0; n < 4; n += 1) {
        for (const { handle } of accounts) await practice.control('expire', { account: handle });
        await sleep(overMs / 4);
      }
    }
  }
}

/** What a person has to give back: it is held, and the half that gets it back goes out. */
async function takeAway(stage: Stage): Promise<void> {
  const practice = await stage.openPractice();
  const ledger = await stage.openLedger({ database: 'away' });
  stage.allow(ledger, { held: ['connection-broken', 'permission-missing'] });
  const perKind = stage.sized({ small: 4, whole: 12 });
  const perAccount = stage.sized({ small: 3, whole: 8 });
  const revoked = await stage.openAccounts('revoked', perKind);
  const forbidden = await stage.openAccounts('forbidden', perKind);
  const all = [...revoked, ...forbidden];
  await ledger.connect(all);
  await ledger.startWorker();
  await ledger.schedule(all, { label: 'F8 away', count: all.length * perAccount, inMs: 500, overMs: 12_000 });
  await sleep(4_000);
  for (const { handle } of revoked) await practice.control('revoke', { account: handle });
  for (const { handle } of forbidden)
    await practice.misbehave({ kind: 'permission-missing' }, { account: handle, call: 'post', times: null });
  await sleep(12_000);
  const [held] = await ledger.ask<{ count: number }>(
    `SELECT count(DISTINCT held_reason)::int AS count FROM delivery WHERE state = 'held'`,
  );
  if (held?.count !== 2) stage.complain('not both were held: what was revoked and what was forbidden');
  await practice.control('lift-all');
  await ledger.connect(all.filter((_, n) => n % 2 === 0));
}

/** A limit of the day: nothing is tried for an hour, and then it goes out. */
async function limitDay(stage: Stage): Promise<void> {
  const practice = await stage.openPractice();
  const ledger = await stage.openLedger({ database: 'day' });
  await ledger.ask('UPDATE workspace SET grace_minutes = 1440');
  const accounts = await stage.openAccounts('limit-day', stage.sized({ small: 3, whole: 8 }));
  await ledger.connect(accounts);
  for (const { handle } of accounts)
    await practice.misbehave({ kind: 'rate-limit', form: 'day' }, { account: handle, call: 'post', times: 1 });
  const count = accounts.length * stage.sized({ small: 2, whole: 8 });
  await ledger.schedule(accounts, { label: 'F8 day', count, inMs: 500, overMs: 2_000 });
  await ledger.startWorker();
  await sleep(15_000);
  const out = (await ledger.readAccepted()).length;
  if (out > 0) stage.complain(`${out} went out under a limit of the day`);
  await holdClock({ ownerUrl: ledger.server.ownerUrl(ledger.database) }).advance(HOUR_MS + 60_000);
}
