import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { holdClock } from '#test/clock.ts';
import { type TestServer, useServer } from '#test/server.ts';
import { startSmtpServer } from '#test/servers/smtp/index.ts';
import type { Letter } from '../context/context.ts';
import { readMailStanding } from './mail-store.ts';

const letter: Letter = {
  to: 'lan@example.org',
  language: 'en',
  template: 'reset-password',
  params: { link: 'http://localhost:4400/reset/canary-link' },
};

const post = (server: TestServer, each: Letter = letter) =>
  server.house.db.outside((tx) => server.house.mail.post(tx, each));
const standing = (server: TestServer) => server.house.db.outside(readMailStanding);

describe('with a mail server', async () => {
  const smtp = await startSmtpServer({ unknown: ['nobody@example.org'] });
  const server = useServer({ SMTP_URL: `smtp://127.0.0.1:${smtp.port}` });
  let clock: ReturnType<typeof holdClock>;
  beforeAll(() => {
    clock = holdClock(server.test);
  });
  afterAll(() => smtp.stop());

  test('a posted mail goes out after the commit and leaves nothing behind', async () => {
    await post(server);
    expect(smtp.received).toHaveLength(0);
    await server.settle();
    expect(smtp.received.map(({ to }) => to)).toEqual([['lan@example.org']]);
    expect(smtp.received[0]?.parts.get('text/plain')).toContain('canary-link');
    expect(await standing(server)).toEqual({ waiting: 0, failing: 0, givenUp: 0, lastSaid: null });
    expect(server.house.mail).toMatchObject({ configured: true, from: 'goalpost@localhost' });
  });

  test('a mail of a transaction that fails is never sent', async () => {
    const before = smtp.received.length;
    const failing = server.house.db.outside(async (tx) => {
      await server.house.mail.post(tx, letter);
      throw new Error('undone');
    });
    await expect(failing).rejects.toThrow('undone');
    await server.settle();
    expect(smtp.received).toHaveLength(before);
  });

  test('what waits is sealed in the database', async () => {
    await post(server);
    const { rows } = await server.house.db.pool.query('SELECT * FROM outgoing_mail');
    expect(JSON.stringify(rows)).not.toMatch(/canary-link|lan@example/);
    const before = smtp.received.length;
    await server.settle();
    expect(smtp.received).toHaveLength(before + 1);
  });

  test('is tried again later under the same Message-ID, and said to be failing until then', async () => {
    smtp.answers.push('451 4.3.0 Try again later');
    const before = smtp.received.length;
    await post(server);
    await server.settle();
    expect(smtp.received).toHaveLength(before);
    expect(await standing(server)).toMatchObject({ waiting: 1, failing: 1, lastSaid: expect.stringContaining('451') });
    const { rows } = await server.house.db.pool.query<{ id: string }>('SELECT id FROM outgoing_mail');
    await server.settle();
    expect(smtp.received).toHaveLength(before);
    await clock.advance(61_000);
    await server.settle();
    expect(smtp.received).toHaveLength(before + 1);
    expect(smtp.received.at(-1)?.headers.get('message-id')).toBe(`<${rows[0]?.id}@localhost>`);
    expect(await standing(server)).toMatchObject({ waiting: 0, failing: 0 });
  });

  test('is given up at once when the recipient is refused for good, and forgets what it said', async () => {
    await post(server, { ...letter, to: 'nobody@example.org' });
    await server.settle();
    expect(await standing(server)).toMatchObject({ waiting: 0, givenUp: 1, lastSaid: expect.stringContaining('550') });
    const { rows } = await server.house.db.pool.query('SELECT sealed FROM outgoing_mail');
    expect(rows).toEqual([{ sealed: null }]);
    await clock.advance(6 * 86_400_000);
  });

  test('is given up after a day of failures', async () => {
    await post(server);
    for (let hour = 0; hour < 40; hour++) {
      smtp.answers.push('451 4.3.0 Try again later');
      await server.settle();
      await clock.advance(3_600_000);
    }
    smtp.answers.length = 0;
    const before = smtp.received.length;
    await server.settle();
    expect(smtp.received).toHaveLength(before);
    expect(await standing(server)).toMatchObject({ waiting: 0, givenUp: 2 });
    await server.house.mail.sendWaiting({ house: server.house, log: server.house.log });
    // The earlier one is older than a week by now and forgotten.
    expect(await standing(server)).toMatchObject({ givenUp: 1 });
  });
});

describe('without a mail server', () => {
  const server = useServer();

  test('the link goes to the operator’s console in one block, and into no log line', async () => {
    await post(server, {
      to: 'lan@example.org',
      language: 'th',
      template: 'invitation',
      params: {
        workspaceName: 'Bakery\u001b[2J\nlan',
        inviterName: 'Som',
        link: 'http://localhost:4400/i/canary-link',
        role: 'editor',
      },
    });
    await server.settle();
    expect(server.said).toHaveLength(1);
    const [block = ''] = server.said;
    expect(block.split('\n').slice(1, -1)).toEqual([
      'An invitation for lan@example.org',
      'to Bakery [2J lan, from Som',
      'http://localhost:4400/i/canary-link',
      'There is no mail server: please pass it on. (GOALPOST_SMTP_URL sets one.)',
    ]);
    expect(server.logged.join('\n')).not.toContain('canary-link');
    expect(await standing(server)).toMatchObject({ waiting: 0 });
    expect(server.house.mail.configured).toBe(false);
  });

  test('sending at once says what is missing', async () => {
    const answer = await server.house.mail.sendNow({ to: 'a@b.org', language: 'en', template: 'test', params: {} });
    expect(answer).toEqual({ sent: false, said: 'No mail server is set. Set GOALPOST_SMTP_URL and start again.' });
    expect(server.said).toHaveLength(1);
  });
});
