import axe from 'axe-core';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ReceivedMail, type SmtpServer, startSmtpServer } from '#test/servers/smtp/index.ts';
import { openBrowser } from './browser.ts';
import {
  type Client,
  type Installation,
  makeInstallation,
  openClient,
  type Product,
  signUpIn,
  signUpOwnerIn,
  until,
} from './product.ts';

let smtp: SmtpServer;
let installation: Installation;
let product: Product;
let browser: Browser;
let client: Client;
let cookie: { name: string; value: string };
let workspaceId: string;
let channelId: string;

beforeAll(async () => {
  smtp = await startSmtpServer();
  installation = await makeInstallation();
  product = await installation.start(settings());
  browser = await openBrowser();
  const signedUp = await signUpOwnerIn(installation.url);
  client = signedUp.client;
  cookie = signedUp.cookie;
  workspaceId = (await client.workspaces.create({ name: 'Mali’s Bakery', language: 'th', zone: 'Asia/Bangkok' })).id;
  channelId = (await client.page.open({ workspaceId, address: 'malis-bakery', title: 'Mali’s Bakery' })).channelId;
  // Whatever the time is now, nothing waits.
  await client.notices.choose({
    quietFrom: '00:00',
    quietTo: '00:00',
    kinds: [{ kind: 'member-joined', mail: 'now', push: false, urgent: false }],
  });
});
afterAll(async () => {
  await browser?.close();
  await product?.stop();
  installation?.remove();
  await smtp?.stop();
});

const settings = () => ({ SMTP_URL: `smtp://127.0.0.1:${smtp.port}?tls=optional` });
const inWorkspace = (path: string) => `${installation.url}/w/${workspaceId}/${path}`;

async function openPage(look: { width: number; height: number }): Promise<{ context: BrowserContext; page: Page }> {
  const context = await browser.newContext({ viewport: look });
  // A busy machine is slow, not wrong.
  context.setDefaultTimeout(60_000);
  await context.addCookies([{ ...cookie, url: installation.url }]);
  return { context, page: await context.newPage() };
}

/** Somebody is invited, opens an account and accepts. */
async function join(name: string): Promise<void> {
  const { link } = await client.invitations.create({ workspaceId, role: 'editor' });
  const token = link.split('#')[1] ?? '';
  const email = `${name.toLowerCase()}@bakery.example`;
  const newcomer = await signUpIn(installation.url, { name, email, password: 'rye and barley', invitation: token });
  await openClient(installation.url, newcomer.cookie).invitations.accept({ token });
}

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

async function findBarriers(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  return page.evaluate(async () => {
    const { violations } = await (window as unknown as { axe: typeof axe }).axe.run(document, {
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
    });
    return violations.map(({ id, nodes }) => `${id} at ${nodes.map((node) => node.target.join(' ')).join(', ')}`);
  });
}

describe('a notice', () => {
  it('shows at once without a reload, leads where one acts, and is marked by going there', async () => {
    const { context, page } = await openPage({ width: 1280, height: 900 });
    // What comes before the first look at the number is no news.
    const counted = page.waitForResponse((response) => response.url().includes('/notices/unread'));
    const live = page.waitForResponse((response) => response.url().endsWith('/live'));
    await page.goto(inWorkspace('goals'));
    await Promise.all([counted, live]);
    await page.getByRole('link', { name: 'Notices', exact: true }).first().waitFor();
    await join('Nok');
    await page.getByRole('status').filter({ hasText: 'Notices, 1 unread' }).waitFor({ state: 'attached' });
    await page.getByRole('link', { name: 'Notices, 1 unread' }).first().click();
    await page.getByText('Nok has joined').waitFor();
    expect(await findBarriers(page)).toEqual([]);
    await page.getByRole('link', { name: 'See members' }).click();
    await page.waitForURL(/\/members$/);
    await page.getByRole('link', { name: 'Notices', exact: true }).first().waitFor();
    await context.close();
  });

  it('comes by e-mail in the person’s language, and its link stops them, signed out, by a press', async () => {
    await client.me.update({ language: 'th' });
    await join('Somsri');
    const mail = await awaitMail('Somsri');
    expect(mail.headers.get('list-unsubscribe-post')).toBe('List-Unsubscribe=One-Click');
    const text = mail.parts.get('text/plain') ?? '';
    expect(text).toContain('ดูสมาชิก');
    expect(text).toContain(inWorkspace('members'));
    const link = /<(http[^>]+)>/.exec(mail.headers.get('list-unsubscribe') ?? '')?.[1] ?? '';
    const context = await browser.newContext({ viewport: { width: 390, height: 844 } });
    const page = await context.newPage();
    await page.goto(link);
    expect(await findBarriers(page)).toEqual([]);
    await page.getByRole('button', { name: 'หยุดอีเมล' }).click();
    await page.getByRole('heading', { name: 'หยุดอีเมลแล้ว' }).waitFor();
    await context.close();
    const { kinds } = await client.notices.settings();
    expect(kinds.every(({ mail: way }) => way === 'off')).toBe(true);
  });

  it('is marked with all others on a phone, and brought back by undo', async () => {
    await client.me.update({ language: 'en' });
    const { context, page } = await openPage({ width: 390, height: 844 });
    await page.goto(inWorkspace('goals'));
    await page.getByRole('button', { name: 'More Notices, 1 unread' }).click();
    await page.getByRole('dialog').getByRole('link', { name: 'Notices, 1 unread' }).click();
    await page.getByRole('button', { name: 'Mark all as read' }).click();
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByRole('button', { name: 'Unread', exact: true }).click();
    await page.getByText('Somsri has joined').waitFor();
    expect(new URL(page.url()).search).toBe('?show=unread');
    await context.close();
  });
});

describe('screens', () => {
  it('show what happens to a post while one looks, without asking again and again', async () => {
    const { context, page } = await openPage({ width: 1280, height: 900 });
    await page.clock.install();
    const asked: string[] = [];
    page.on('request', (request) => {
      if (/\/deliveries\?/.test(request.url())) asked.push(request.url());
    });
    await page.goto(inWorkspace('deliveries'));
    await page.locator('h1').waitFor();
    const content = { parts: [{ text: 'Fresh bread at seven', media: [], link: null }] };
    const post = await client.posts.create({ workspaceId, content, variants: [{ channelId }] });
    await client.posts.publishNow({ workspaceId, postId: post.id, revision: post.revision });
    await page.getByText('Fresh bread at seven').first().waitFor();
    await page.locator('.delivery-list').getByText(/^Live/).first().waitFor();
    const before = asked.length;
    // Whatever would ask by the clock asks now, every time that it would; what was gathered last may still be asked for.
    await page.clock.runFor(45_000);
    expect(asked.length).toBeLessThanOrEqual(before + 1);
    await context.close();
  });

  it('come back by themselves after the server was away, and ask for what they missed', async () => {
    const { context, page } = await openPage({ width: 1280, height: 900 });
    await page.goto(inWorkspace('goals'));
    await page.locator('h1').waitFor();
    await product.stop();
    product = await installation.start(settings());
    await client.goals.create({
      workspaceId,
      title: 'Made while nobody listened',
      metric: 'posts-published',
      target: { kind: 'number', value: 50 },
      deadlineOn: '2099-01-31',
    });
    await page.getByText('Made while nobody listened').first().waitFor();
    await context.close();
  });

  it('of what one is told keep each choice at once, and take it back', async () => {
    const { context, page } = await openPage({ width: 1280, height: 900 });
    await page.goto(inWorkspace('notice-settings'));
    const choice = page.getByRole('combobox', { name: 'E-mail: Somebody joined' });
    await choice.selectOption('digest');
    await page.getByText('Saved.').waitFor();
    const stored = async () =>
      (await client.notices.settings()).kinds.find(({ kind }) => kind === 'member-joined')?.mail;
    expect(await stored()).toBe('digest');
    await page.getByRole('button', { name: 'Undo' }).click();
    await until(stored, (way) => way === 'off', 10_000);
    expect(await findBarriers(page)).toEqual([]);
    await context.close();
  });
});
