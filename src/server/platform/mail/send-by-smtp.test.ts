import { afterEach, describe, expect, test } from 'vitest';
import { readConfig } from '#server/platform/config/index.ts';
import { type SmtpServer, startSmtpServer } from '#test/servers/smtp/index.ts';
import type { Letter, MailAnswer } from '../context/context.ts';
import { createTexts } from '../texts/index.ts';
import { sendBySmtp } from './send-by-smtp.ts';
import { writeLetter } from './write-letter.ts';

const texts = createTexts();
const servers: SmtpServer[] = [];

async function start(options: Parameters<typeof startSmtpServer>[0] = {}): Promise<SmtpServer> {
  const server = await startSmtpServer(options);
  servers.push(server);
  return server;
}

afterEach(async () => {
  for (const server of servers.splice(0)) await server.stop();
});

const invitation: Letter = {
  to: 'lan@example.org',
  language: 'th',
  template: 'invitation',
  params: {
    workspaceName: 'ร้านขนมปัง',
    inviterName: 'สมชาย',
    link: 'http://localhost:4400/invitation/abc?x=1&y=2',
    role: 'editor',
  },
};

function send(address: string, letter: Letter = invitation, from?: string): Promise<MailAnswer & { final: boolean }> {
  const config = readConfig({ GOALPOST_SMTP_URL: address, ...(from ? { GOALPOST_MAIL_FROM: from } : {}) });
  const { smtp } = config.mail;
  if (!smtp) throw new Error('no mail server in the settings');
  const messageId = '<1234@localhost>';
  return sendBySmtp({ smtp, from: config.mail.from, messageId, letter, written: writeLetter(texts, letter), texts });
}

describe('sending by SMTP', () => {
  test('signs in, sends text and HTML, and says what the server said', async () => {
    const { port, received } = await start({ login: { name: 'goalpost', password: 'secret' } });
    const answer = await send(`smtp://goalpost:secret@127.0.0.1:${port}`, invitation, 'Bakery <bread@example.org>');
    expect(answer).toMatchObject({ sent: true, said: expect.stringContaining('250 2.0.0 Ok: queued as 1') });
    const [mail] = received;
    expect(mail).toMatchObject({ from: 'bread@example.org', to: ['lan@example.org'] });
    expect(mail?.headers.get('message-id')).toBe('<1234@localhost>');
    expect(mail?.headers.get('from')).toBe('Bakery <bread@example.org>');
    expect(mail?.headers.get('auto-submitted')).toBe('auto-generated');
    for (const type of ['text/plain', 'text/html']) {
      expect(mail?.parts.get(type)).toContain('ร้านขนมปัง');
    }
    expect(mail?.parts.get('text/plain')).toContain('\nhttp://localhost:4400/invitation/abc?x=1&y=2');
    expect(mail?.parts.get('text/html')).toContain('href="http://localhost:4400/invitation/abc?x=1&amp;y=2"');
  });

  test('carries a Thai subject whole', async () => {
    const { port, received } = await start();
    await send(`smtp://127.0.0.1:${port}`);
    expect(received[0]?.headers.get('subject')).toBe('สมชาย เชิญคุณเข้าร่วม ร้านขนมปัง');
  });

  test('says that the login was refused, in the server’s words and without the password', async () => {
    const { port } = await start({ login: { name: 'goalpost', password: 'secret' } });
    const answer = await send(`smtp://goalpost:wrong-canary@127.0.0.1:${port}`);
    expect(answer).toMatchObject({ sent: false, final: false, said: expect.stringContaining('535 5.7.8') });
    expect(answer.said).not.toContain('wrong-canary');
  });

  test('says that a recipient was refused for good', async () => {
    const { port } = await start({ unknown: ['lan@example.org'] });
    expect(await send(`smtp://127.0.0.1:${port}`)).toMatchObject({
      sent: false,
      final: true,
      said: expect.stringContaining('550 5.1.1 No such person here'),
    });
  });

  test('says that the server asks to come again later, which is not the end', async () => {
    const server = await start();
    server.answers.push('451 4.7.1 Greylisted');
    expect(await send(`smtp://127.0.0.1:${server.port}`)).toMatchObject({
      sent: false,
      final: false,
      said: expect.stringContaining('451 4.7.1 Greylisted'),
    });
  });

  test('says that the server cannot be reached, in the letter’s language', async () => {
    const { port } = await start();
    await servers.pop()?.stop();
    const answer = await send(`smtp://127.0.0.1:${port}`);
    expect(answer).toEqual({ sent: false, final: false, said: `เชื่อมต่อ 127.0.0.1:${port} ไม่ได้ (ESOCKET)` });
  });

  test('says what is wrong with a self-signed certificate and what helps, and sends nothing', async () => {
    const { port, received } = await start({ startTls: true });
    const answer = await send(`smtp://127.0.0.1:${port}?tls=required`, { ...invitation, language: 'en' });
    expect(answer).toMatchObject({ sent: false, final: false });
    expect(answer.said).toMatch(/^The certificate of 127\.0\.0\.1:\d+ cannot be trusted .*\?tls=unverified/);
    expect(received).toEqual([]);
    expect(await send(`smtp://127.0.0.1:${port}?tls=unverified`)).toMatchObject({ sent: true });
    expect(received[0]?.encrypted).toBe(true);
  });

  test('speaks TLS from the first byte with smtps', async () => {
    const { port, received } = await start({ secure: true });
    expect(await send(`smtps://127.0.0.1:${port}?tls=unverified`)).toMatchObject({ sent: true });
    expect(received[0]?.encrypted).toBe(true);
  });

  test('sends nothing in clear where encryption is demanded', async () => {
    const { port, received } = await start();
    const answer = await send(`smtp://127.0.0.1:${port}?tls=required`, { ...invitation, language: 'en' });
    expect(answer.said).toContain('did not offer encryption');
    expect(received).toEqual([]);
  });

  test('lets no name add a header, a recipient or markup', async () => {
    const { port, received } = await start();
    const evil = 'Bread\r\nBcc: thief@example.org\r\n\r\n<script>alert(1)</script>';
    const params = { ...invitation.params, workspaceName: evil, inviterName: evil } as typeof invitation.params;
    await send(`smtp://127.0.0.1:${port}`, { ...invitation, language: 'en', params } as Letter);
    const [mail] = received;
    expect(mail?.to).toEqual(['lan@example.org']);
    expect([...(mail?.headers.keys() ?? [])]).not.toContain('bcc');
    expect(mail?.parts.get('text/html')).not.toContain('<script>');
    const to = 'lan@example.org>\r\nRCPT TO:<thief@example.org';
    const answer = await send(`smtp://127.0.0.1:${port}`, { ...invitation, to });
    expect(answer.sent && received[1]?.to.some((each) => each === 'thief@example.org')).toBe(false);
  });
});

describe('letters', () => {
  const letters: Letter[] = [
    invitation,
    { to: 'a@b.org', language: 'en', template: 'reset-password', params: { link: 'https://x.org/r' } },
    { to: 'a@b.org', language: 'en', template: 'confirm-address', params: { link: 'https://x.org/c' } },
    { to: 'a@b.org', language: 'en', template: 'already-registered', params: { link: 'https://x.org/s' } },
    { to: 'a@b.org', language: 'en', template: 'test', params: {} },
  ];
  test.each(letters)('are whole in every language: $template', (letter) => {
    for (const language of ['en', 'th', 'vi', 'id', 'eo'] as const) {
      const written = writeLetter(texts, { ...letter, language });
      expect(written.subject).not.toMatch(/mail:|\{\{|^$/);
      for (const body of [written.text, written.html]) {
        expect(body).not.toMatch(/\bmail:|\{\{|undefined/);
        if ('link' in letter.params) expect(body.replaceAll('&amp;', '&')).toContain(letter.params.link);
      }
      if (language !== 'en') expect(written.text).not.toBe(writeLetter(texts, { ...letter, language: 'en' }).text);
    }
  });
});
