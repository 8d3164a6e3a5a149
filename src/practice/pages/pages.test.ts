import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type PracticeAccount, type PracticeServer, startPractice } from '#test/servers/practice/index.ts';

let server: PracticeServer;
let names = 0;

beforeAll(async () => {
  server = await startPractice();
});
afterAll(() => server?.stop());

const newAccount = () => {
  names += 1;
  return server.openAccount(`account-${names}`);
};
const post = (account: PracticeAccount, text: string) => account.call('POST', '/posts', { text });

/** The cookie that the secret is given in exchange for, with how it is set. */
async function openControl(): Promise<string> {
  const opened = await fetch(`${server.url}/control?secret=${server.controlSecret}`, { redirect: 'manual' });
  return opened.headers.get('set-cookie') ?? '';
}

describe('its pages', () => {
  test('show what was posted as text, under a policy that lets nothing run', async () => {
    const account = await newAccount();
    await post(account, '<script>alert(1)</script> ขนมปัง');
    const answer = await fetch(`${server.url}/@${account.handle}`, { headers: { 'accept-language': 'th' } });
    const page = await answer.text();
    expect(page).toContain('&lt;script&gt;');
    expect(page).not.toContain('<script');
    expect(page).toContain('<html lang="th"');
    expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'");
  });

  test('a post stays on the first page however much is said beneath it', async () => {
    const account = await newAccount();
    const { body: first } = await post(account, 'Stays in sight');
    for (let at = 0; at < 51; at += 1) {
      await account.call('POST', '/posts', { text: `Reply ${at}`, replyTo: first['id'] });
    }
    expect(await (await fetch(server.url)).text()).toContain('Stays in sight');
  });

  test('what control cannot take is told by the browser before it is sent', async () => {
    const cookie = (await openControl()).split(';')[0] ?? '';
    const page = await (await fetch(`${server.url}/control`, { headers: { cookie } })).text();
    const handle = new RegExp(`^(?:${/name="handle"[^>]* pattern="([^"]+)"/.exec(page)?.[1]})$`, 'v');
    expect(['my-bakery', '1', 'My-bakery', '-x', 'a'.repeat(41)].map((it) => handle.test(it))).toEqual([
      ...[true, true],
      ...[false, false, false],
    ]);
    expect(page).toMatch(/name="password"[^>]* minlength="4"/);
  });

  test('switches open with the secret alone, and a form of another site moves nothing', async () => {
    expect((await fetch(`${server.url}/control`)).status).toBe(401);
    expect((await fetch(`${server.url}/control?secret=wrong`)).status).toBe(401);
    const opened = await openControl();
    const cookie = opened.split(';')[0] ?? '';
    expect(opened).toMatch(/HttpOnly; SameSite=Strict/);
    expect(await (await fetch(`${server.url}/control`, { headers: { cookie } })).text()).toContain('<select');
    const press = async (origin: string) => {
      const account = await newAccount();
      const body = new URLSearchParams({ preset: 'fail-before', account: account.handle, call: 'post', times: '1' });
      const init = { method: 'POST', headers: { cookie, origin }, body, redirect: 'manual' as const };
      const { status } = await fetch(`${server.url}/control/order`, init);
      return [status, (await post(account, 'x')).status];
    };
    expect(await press(server.url)).toEqual([303, 500]);
    expect(await press('https://elsewhere.example')).toEqual([401, 201]);
  });

  test('a foreign name that leads to this machine is not served', async () => {
    const { request } = await import('node:http');
    const status = await new Promise((resolve) => {
      request(server.url, { headers: { host: 'rebound.example' } }, (answer) => {
        answer.resume();
        resolve(answer.statusCode);
      }).end();
    });
    expect(status).toBe(421);
  });
});
