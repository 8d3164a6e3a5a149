import { afterAll, beforeAll, expect, test } from 'vitest';
import { holdClock, type TestClock } from '#test/clock.ts';
import { useServer } from '#test/server.ts';
import { startSmtpServer } from '#test/servers/smtp/index.ts';
import type { Letter } from '../context/context.ts';
import type { Database } from '../db/index.ts';
import { deleteMail, readMailStanding, takeDue, type WaitingMail } from './mail-store.ts';

const smtp = await startSmtpServer({ unknown: [] });
const server = useServer({ SMTP_URL: `smtp://127.0.0.1:${smtp.port}` });
let clock: TestClock;
beforeAll(() => {
  clock = holdClock(server.test);
});
afterAll(() => smtp.stop());

const post = (to: string) => {
  const letter: Letter = {
    to,
    language: 'en',
    template: 'reset-password',
    params: { link: 'http://localhost/reset/x' },
  };
  return server.house.db.outside((tx) => server.house.mail.post(tx, letter));
};
const sweep = () => server.house.mail.sendWaiting({ house: server.house, log: server.house.log });
const standing = () => server.house.db.outside(readMailStanding);

test('a mail that no key opens is given up, and keeps no other one waiting', async () => {
  await post('first@example.org');
  await server.house.db.pool.query(
    `UPDATE outgoing_mail SET sealed = 'v1.00000000.AAAAAAAAAAAAAAAA.AAAAAAAAAAAAAAAAAAAAAAAA'`,
  );
  await post('second@example.org');
  await sweep();
  expect(smtp.received.map(({ to }) => to)).toEqual([['second@example.org']]);
  expect(await standing()).toMatchObject({ waiting: 0, givenUp: 1 });
  await server.settle();
});

test('a mail that is being sent is nobody else’s, however long the mail server takes over it', async () => {
  await post('slow@example.org');
  const [taken] = await server.house.db.outside((tx) => takeDue(tx, { limit: 20 }));
  // As long as a mail server may take over one mail, step by step.
  await clock.advance(3 * 60_000);
  expect(await server.house.db.outside((tx) => takeDue(tx, { limit: 20 }))).toEqual([]);
  await server.house.db.outside((tx) => deleteMail(tx, taken?.id ?? ''));
});

test('a round takes one mail after another, so that none is its own while it only waits', async () => {
  await post('first@example.org');
  await post('behind@example.org');
  const db: { -readonly [K in keyof Database]: Database[K] } = server.house.db;
  const original = db.outside;
  const free: WaitingMail[] = [];
  db.outside = async (work) => {
    db.outside = original;
    const taken = await original(work);
    free.push(...(await original((tx) => takeDue(tx, { limit: 20 }))));
    return taken;
  };
  await sweep();
  expect(free).toHaveLength(1);
});
