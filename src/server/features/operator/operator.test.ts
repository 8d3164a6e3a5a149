import { chmod, writeFile } from 'node:fs/promises';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Finding } from '#contract/operator.ts';
import { languages } from '#contract/terms.ts';
import { createTexts } from '#server/platform/texts/index.ts';
import { makeTeam, type TestTeam } from '#test/makers.ts';
import { type TestClient, useServer } from '#test/server.ts';
import { startSmtpServer } from '#test/servers/smtp/index.ts';

const smtp = await startSmtpServer({ login: { name: 'goalpost', password: 'right' } });
const server = useServer({ SMTP_URL: `smtp://goalpost:right@127.0.0.1:${smtp.port}` });
let operator: TestClient;
let stranger: TestTeam;
let operatorEmail = '';
const texts = createTexts();

beforeAll(async () => {
  const person = await server.signUp();
  operatorEmail = person.email;
  operator = server.client(person);
  stranger = await makeTeam(server);
});
afterAll(() => smtp.stop());

const doctor = async (): Promise<Map<string, Finding>> => {
  const { findings } = await operator.operator.doctor();
  return new Map(findings.map((finding) => [finding.check, finding]));
};
const codeOf = (promise: Promise<unknown>) =>
  promise.then(
    () => 'done',
    (error: { code: string }) => error.code,
  );

describe('the operator', () => {
  test('sees how the installation is set up, and opens and closes registration', async () => {
    expect(await operator.operator.get()).toEqual({
      version: expect.stringMatching(/^\d+\.\d+/),
      registration: 'invited',
      mail: { configured: true, from: 'goalpost@localhost' },
      people: 2,
      workspaces: 1,
    });
    expect(await operator.operator.update({ registration: 'open' })).toMatchObject({ registration: 'open' });
    expect(await operator.operator.update({})).toMatchObject({ registration: 'open' });
    expect(await operator.operator.update({ registration: 'invited' })).toMatchObject({ registration: 'invited' });
  });

  test('is somebody else than the owner of a workspace, who finds nothing here', async () => {
    const calls = [
      stranger.client.operator.get(),
      stranger.client.operator.update({ registration: 'open' }),
      stranger.client.operator.testMail(),
      stranger.client.operator.doctor(),
    ];
    expect(await Promise.all(calls.map(codeOf))).toEqual(Array(4).fill('not-found'));
  });

  test('sends a test mail at once and is told what the server said', async () => {
    const answer = await operator.operator.testMail();
    expect(answer).toMatchObject({ sent: true, to: operatorEmail, said: expect.stringContaining('250 2.0.0 Ok') });
    expect(smtp.received.at(-1)?.to).toEqual([operatorEmail]);
    smtp.answers.push('452 4.2.2 Mailbox full');
    expect(await operator.operator.testMail()).toMatchObject({
      sent: false,
      said: expect.stringContaining('452 4.2.2'),
    });
    const { rows } = await server.house.db.pool.query('SELECT FROM outgoing_mail');
    expect(rows).toHaveLength(0);
  });
});

describe('the doctor', () => {
  test('looks at the same things each time and has words for each in five languages', async () => {
    const findings = [...(await doctor()).values()];
    expect(findings.map(({ check, state }) => `${check} ${state}`)).toEqual([
      'public-address fine',
      'encryption fine',
      'settings fine',
      'disk fine',
      'storage fine',
      'key fine',
      'key-change fine',
      'database fine',
      'clock fine',
      // Tests run their work by hand.
      'workers problem',
      'overdue fine',
      'limits fine',
      'secrets fine',
      'facts fine',
      'jobs fine',
      // None was made.
      'backup warning',
      'pictures fine',
      'mail fine',
    ]);
    for (const { check, state, params } of findings) {
      for (const language of languages) {
        const words = texts.t(language, `operator:checks.${check}.${state}`, params);
        expect(words).not.toMatch(/operator:|checks\.|\{\{|undefined/);
      }
    }
  });

  test('notices that the last backup lacks the pictures there are, where none are made by themselves', async () => {
    const note = (holdsMedia: boolean) =>
      server.house.db.outside((tx) =>
        sql`INSERT INTO backup_standing (made_at, place, size_bytes, holds_media)
          VALUES (clock.now(), '/backups/a.tar', 1000, ${holdsMedia})
          ON CONFLICT (only_one) DO UPDATE SET holds_media = excluded.holds_media`.execute(tx),
      );
    await note(false);
    expect((await doctor()).get('backup')).toMatchObject({ state: 'fine' });
    const { client, workspaceId } = stranger;
    const sharp = (await import('sharp')).default;
    const bytes = await sharp({ create: { width: 32, height: 32, channels: 3, background: '#d9a441' } })
      .png()
      .toBuffer();
    const file = new File([new Uint8Array(bytes)], 'bread.png', { type: 'image/png' });
    const { id: mediumId } = await client.media.upload({ workspaceId, file, alt: 'Bread' });
    const { state, params } = (await doctor()).get('backup') ?? {};
    expect(state).toBe('warning');
    for (const language of languages) {
      const words = texts.t(language, 'operator:checks.backup.warning', params ?? {});
      expect(words).not.toBe(texts.t(language, 'operator:checks.backup.warning', { hours: 168 }));
      expect(words).not.toMatch(/operator:|\{\{|undefined/);
    }
    await note(true);
    expect((await doctor()).get('backup')).toMatchObject({ state: 'fine' });
    await client.media.remove({ workspaceId, mediumId });
  });

  test('notices a key that others may read, and one whose change was not finished', async () => {
    const { key } = server.house.config;
    if (key.kind !== 'file') throw new Error('the key stands in no file');
    await chmod(key.path, 0o644);
    expect((await doctor()).get('key')).toMatchObject({ state: 'warning', params: { mode: '644', place: key.path } });
    await chmod(key.path, 0o600);
    const { readFile } = await import('node:fs/promises');
    const before = await readFile(key.path, 'utf8');
    await writeFile(key.path, `${before}${Buffer.alloc(32, 9).toString('base64')}\n`);
    expect((await doctor()).get('key-change')).toMatchObject({ state: 'warning' });
    await writeFile(key.path, before);
    expect((await doctor()).get('key-change')).toMatchObject({ state: 'fine' });
  });

  test('notices credentials that no key opens, in whichever workspace', async () => {
    const { client, workspaceId } = stranger;
    const page = await client.page.open({ workspaceId, address: 'doctor-page', title: 'Bread' });
    const spoil = (credential: string | null) =>
      server.house.db.inWorkspace(workspaceId, (tx) =>
        tx
          .withTables<{ connection: { credential: string | null; channel_id: string } }>()
          .updateTable('connection')
          .set({ credential })
          .where('channel_id', '=', page.channelId)
          .execute(),
      );
    await spoil('v1.00000000.AAAAAAAAAAAAAAAA.AAAAAAAAAAAAAAAAAAAAAA');
    expect((await doctor()).get('secrets')).toMatchObject({ state: 'problem', params: { count: 1 } });
    await spoil(null);
    expect((await doctor()).get('secrets')).toMatchObject({ state: 'fine' });
  });

  test('notices mails that are not accepted, and says what the mail server said', async () => {
    smtp.answers.push('451 4.3.0 Try again later');
    await server.house.db.outside((tx) =>
      server.house.mail.post(tx, { to: 'a@b.org', language: 'en', template: 'test', params: {} }),
    );
    await server.settle();
    expect((await doctor()).get('mail')).toMatchObject({
      state: 'problem',
      params: { count: 1, said: expect.stringContaining('451') },
    });
  });

  test('notices facts that nobody takes and jobs that failed for good', async () => {
    const { db } = server.house;
    await db.inWorkspace(stranger.workspaceId, async (tx) => {
      const { tellFact } = await import('#server/platform/facts/index.ts');
      await tellFact(tx, { workspaceId: stranger.workspaceId, kind: 'test.happened', payload: {} });
    });
    await db.inWorkspace(stranger.workspaceId, (tx) =>
      sql`UPDATE fact SET at = at - interval '11 minutes' WHERE kind = 'test.happened'`.execute(tx),
    );
    expect((await doctor()).get('facts')).toMatchObject({ state: 'warning', params: { count: 1 } });
    await db.pool.query(
      `INSERT INTO pgboss.job (name, state, completed_on) VALUES ('mail.sweep', 'failed', clock.now())`,
    );
    const { rows } = await db.pool.query(`SELECT count(*)::int AS n FROM pgboss.job WHERE state = 'failed'`);
    expect(rows[0].n).toBeGreaterThan(0);
    expect((await doctor()).get('jobs')).toMatchObject({ state: 'warning', params: { names: 'mail.sweep' } });
  });
});
