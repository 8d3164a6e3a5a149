import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ReceivedMail, type SmtpServer, startSmtpServer } from '#test/servers/smtp/index.ts';
import { findBarriers } from './find-barriers.ts';
import { type Client, until } from './product.ts';
import { useBakery } from './use-bakery.ts';

let smtp: SmtpServer;
beforeAll(async () => {
  smtp = await startSmtpServer();
});
afterAll(() => smtp?.stop());

const bakery = useBakery({
  language: 'th',
  settings: () => ({ SMTP_URL: `smtp://127.0.0.1:${smtp.port}?tls=optional` }),
});
let client: Client;
let workspaceId: string;
let channelId: string;

beforeAll(async () => {
  ({ client, workspaceId } = bakery);
  channelId = await bakery.openOwnPage();
  // Whatever the time is now, nothing waits.
  await client.notices.choose({
    quietFrom: '00:00',
    quietTo: '00:00',
    kinds: [{ kind: 'member-joined', mail: 'now', push: false, urgent: false }],
  });
});

const phone = { width: 390, height: 844 };
const close = (page: Page) => page.context().close();

async function awaitMail(told: string): Promise<ReceivedMail> {
  const isIt = (mail: ReceivedMail) => mail.headers.get('subject')?.includes(told) === true;
  await until(
    async () => smtp.received.filter(isIt).length,
    (count) => count > 0,
    120_000,
  );
  const mail = smtp.received.find(isIt);
  if (!mail) throw new Error('It came and went.');
  return mail;
}

describe('a notice', () => {
  it('shows at once without a reload, leads where one acts, and is marked by going there', async () => {
    const page = await bakery.openPage();
    // What comes before the first look at the number is no news.
    const counted = page.waitForResponse((response) => response.url().includes('/notices/unread'));
    const live = page.waitForResponse((response) => response.url().endsWith('/live'));
    await page.goto(bakery.at('goals'));
    await Promise.all([counted, live]);
    await page.getByRole('link', { name: 'Notices', exact: true }).first().waitFor();
    await bakery.makeMember('Nok');
    await page.getByRole('status').filter({ hasText: 'Notices, 1 unread' }).waitFor({ state: 'attached' });
    await page.getByRole('link', { name: 'Notices, 1 unread' }).first().click();
    await page.getByText('Nok has joined').waitFor();
    expect(await findBarriers(page)).toEqual([]);
    await page.getByRole('link', { name: 'See members' }).click();
    await page.waitForURL(/\/members$/);
    await page.getByRole('link', { name: 'Notices', exact: true }).first().waitFor();
    await close(page);
  });

  it('comes by e-mail in the person’s language, and its link stops them, signed out, by a press', async () => {
    await client.me.update({ language: 'th' });
    await bakery.makeMember('Somsri');
    const mail = await awaitMail('Somsri');
    expect(mail.headers.get('list-unsubscribe-post')).toBe('List-Unsubscribe=One-Click');
    const text = mail.parts.get('text/plain') ?? '';
    expect(text).toContain('ดูสมาชิก');
    expect(text).toContain(bakery.at('members'));
    const link = /<(http[^>]+)>/.exec(mail.headers.get('list-unsubscribe') ?? '')?.[1] ?? '';
    const page = await bakery.openTab(await bakery.openContext(undefined, phone), link);
    expect(await findBarriers(page)).toEqual([]);
    await page.getByRole('button', { name: 'หยุดอีเมล' }).click();
    await page.getByRole('heading', { name: 'หยุดอีเมลแล้ว' }).waitFor();
    await close(page);
    const { kinds } = await client.notices.settings();
    expect(kinds.every(({ mail: way }) => way === 'off')).toBe(true);
  });

  it('is marked with all others on a phone, and brought back by undo', async () => {
    await client.me.update({ language: 'en' });
    const page = await bakery.openPage(bakery.at('goals'), phone);
    await page.getByRole('button', { name: 'More Notices, 1 unread' }).click();
    await page.getByRole('dialog').getByRole('link', { name: 'Notices, 1 unread' }).click();
    await page.getByRole('button', { name: 'Mark all as read' }).click();
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByRole('button', { name: 'Unread', exact: true }).click();
    await page.getByText('Somsri has joined').waitFor();
    expect(new URL(page.url()).search).toBe('?show=unread');
    await close(page);
  });
});

describe('screens', () => {
  it('show what happens to a post while one looks, without asking again and again', async () => {
    const page = await bakery.openPage();
    await page.clock.install();
    const asked: string[] = [];
    page.on('request', (request) => {
      if (/\/deliveries\?/.test(request.url())) asked.push(request.url());
    });
    await page.goto(bakery.at('deliveries'));
    await page.locator('h1').waitFor();
    const content = { parts: [{ text: 'Fresh bread at seven', media: [], link: null }] };
    const post = await client.posts.create({ workspaceId, content, variants: [{ channelId }] });
    await client.posts.publishNow({ workspaceId, postId: post.id, revision: post.revision });
    await page.getByText('Fresh bread at seven').first().waitFor();
    await page.locator('.delivery-list').getByText(/^Live/).first().waitFor();
    // Until all has come that happens to it after it went out.
    let before = -1;
    while (before < asked.length) {
      before = asked.length;
      await page.waitForTimeout(4_000);
    }
    // Whatever would ask by the clock asks now, every time that it would; what was gathered last may still be asked for.
    await page.clock.runFor(45_000);
    expect(asked.length).toBeLessThanOrEqual(before + 1);
    await close(page);
  });

  it('come back by themselves after the server was away, and ask for what they missed', async () => {
    const page = await bakery.openPage(bakery.at('goals'));
    await page.locator('h1').waitFor();
    // All that a screen is made of has come, also what comes last.
    await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
    await bakery.product.stop();
    await bakery.product.start();
    await client.goals.create({
      workspaceId,
      title: 'Made while nobody listened',
      metric: 'posts-published',
      target: { kind: 'number', value: 50 },
      deadlineOn: '2099-01-31',
    });
    await page.getByText('Made while nobody listened').first().waitFor();
    await close(page);
  });

  it('of what one is told keep each choice at once, and take it back', async () => {
    const page = await bakery.openPage(bakery.at('notice-settings'));
    const choice = page.getByRole('combobox', { name: 'E-mail: Somebody joined' });
    await choice.selectOption('digest');
    await page.getByText('Saved.').waitFor();
    const stored = async () =>
      (await client.notices.settings()).kinds.find(({ kind }) => kind === 'member-joined')?.mail;
    expect(await stored()).toBe('digest');
    await page.getByRole('button', { name: 'Undo' }).click();
    await until(stored, (way) => way === 'off', 10_000);
    expect(await findBarriers(page)).toEqual([]);
    await close(page);
  });
});
