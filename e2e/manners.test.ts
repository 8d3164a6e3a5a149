import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type PracticeServer, startPractice } from '#test/servers/practice/index.ts';
import { openBrowser } from './browser.ts';
import { findBarriers } from './find-barriers.ts';
import { openPracticeShop } from './practice.ts';
import { type Client, type Installation, makeInstallation, type Product, signUpOwnerIn, until } from './product.ts';

let installation: Installation;
let product: Product;
let practice: PracticeServer;
let browser: Browser;
let client: Client;
let workspaceId: string;
let channelId: string;
let phone: BrowserContext;
let desk: BrowserContext;
let page: Page;

const inWorkspace = (path: string) => `${installation.url}/w/${workspaceId}/${path}`;

beforeAll(async () => {
  practice = await startPractice();
  installation = await makeInstallation();
  product = await installation.start();
  const owner = await signUpOwnerIn(installation.url);
  client = owner.client;
  ({ id: workspaceId } = await client.workspaces.create({ name: 'Bakery', language: 'en', zone: 'Asia/Bangkok' }));
  const shop = openPracticeShop({ client, workspaceId, practice });
  ({ channelId } = await shop.openChannel('bakery', 'keyed'));
  browser = await openBrowser();
  const enter = async (look: object) => {
    const context = await browser.newContext({ locale: 'en-GB', reducedMotion: 'reduce', ...look });
    await context.addCookies([{ ...owner.cookie, url: installation.url }]);
    context.setDefaultTimeout(20_000);
    return context;
  };
  phone = await enter({ viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true });
  desk = await enter({ viewport: { width: 1280, height: 900 } });
});
afterAll(async () => {
  await browser?.close();
  await product?.stop();
  await practice?.stop();
  installation?.remove();
});

const button = (name: string | RegExp) => page.getByRole('button', { name });
const write = (text: string) =>
  client.posts.create({
    workspaceId,
    content: { parts: [{ text, media: [], link: null }] },
    variants: [{ channelId }],
  });

/** How much of an element lies on the screen and beneath neither the bar of the composer nor the rooms, from 0 to 1. */
const inSight = (found: ReturnType<typeof button>) =>
  found.evaluate((it) => {
    const { top, bottom, height } = it.getBoundingClientRect();
    const bars = [...document.querySelectorAll('.release-bar, .bottom-bar')].filter((bar) => !bar.contains(it));
    const end = Math.min(window.innerHeight, ...bars.map((bar) => bar.getBoundingClientRect().top));
    return it.closest('.release-bar') && bottom <= window.innerHeight
      ? 1
      : Math.max(0, Math.min(bottom, end) - Math.max(top, 0)) / height;
  });

describe('writing on a phone', { timeout: 120_000 }, () => {
  it.each([
    ['en', 'Publish now', /^Schedule for/],
    ['th', 'เผยแพร่ตอนนี้', /^ตั้งเวลาเป็น/],
  ] as const)('has the main way out in sight all the time, in %s', async (language, now, later) => {
    await client.me.update({ language });
    page = await phone.newPage();
    await page.goto(inWorkspace('posts/new'));
    const words = page.locator('.part-text').first();
    await words.waitFor();
    await page.waitForFunction(() => document.querySelector('.release-bar button'));
    expect(await page.evaluate(() => window.scrollY)).toBe(0);
    expect(await inSight(button(now))).toBe(1);
    expect(await findBarriers(page)).toEqual([]);
    await page.locator('.release-time').tap();
    const day = page.locator('.composer-side input[type=date]');
    expect(await day.evaluate((it) => it === document.activeElement)).toBe(true);
    expect(await inSight(day)).toBe(1);
    const on = Temporal.Now.plainDateISO().add({ days: 3 }).toString();
    await day.fill(on);
    await page.waitForFunction(() => document.querySelectorAll('.release-bar').length === 1);
    await page.evaluate(() => window.scrollTo(0, 0));
    expect(await inSight(button(later))).toBe(1);
    expect(await findBarriers(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    await page.close();
  });

  it('lies over nothing that the keyboard comes to', async () => {
    await client.me.update({ language: 'en' });
    page = await phone.newPage();
    await page.goto(inWorkspace('posts/new'));
    await page.locator('.part-text').first().focus();
    const hidden: string[] = [];
    for (let i = 0; i < 40; i += 1) {
      await page.keyboard.press('Tab');
      const focused = page.locator(':focus');
      if (await focused.evaluate((it) => it.closest('.release-bar, .bottom-bar') !== null)) break;
      if ((await inSight(focused)) < 0.99) hidden.push(await focused.evaluate((it) => it.outerHTML.slice(0, 120)));
    }
    expect(hidden).toEqual([]);
    await page.close();
  });

  it('says in sight why a post cannot go out, and what became of it without naming keys', async () => {
    page = await phone.newPage();
    await page.goto(inWorkspace('posts/new'));
    await page.locator('.part-text').first().fill('Fresh rye at seven.');
    await page.getByText('Saved', { exact: true }).waitFor();
    const channel = page.locator('.channel-choice input').first();
    await channel.uncheck();
    await button('Publish now').tap();
    expect(await inSight(page.getByText('Choose at least one channel.'))).toBe(1);
    await channel.check();
    await page.locator('.composer-side input[type=date]').fill(Temporal.Now.plainDateISO().add({ days: 3 }).toString());
    await button(/^Schedule for/).tap();
    const toast = page.locator('.toast').filter({ hasText: 'Undo' });
    await toast.waitFor();
    expect(await inSight(toast)).toBe(1);
    expect(await toast.locator('kbd').filter({ visible: true }).count()).toBe(0);
    await toast.getByRole('button', { name: 'Undo' }).tap();
    await page.getByText('It is on the calendar:', { exact: false }).waitFor({ state: 'detached' });
    await page.close();
  });

  it('the marks of the month say what they mean', async () => {
    page = await phone.newPage();
    await page.goto(inWorkspace('calendar?view=month'));
    await page.locator('.month-legend').getByText('a post').waitFor();
    await page.close();
  });
});

describe('all of the ledger', { timeout: 120_000 }, () => {
  it('begins with what goes out next, and then says what went out last', async () => {
    const later = async (text: string, days: number) => {
      const { id: postId, revision } = await write(text);
      const local = Temporal.Now.plainDateTimeISO().add({ days }).toString({ smallestUnit: 'minute' });
      await client.posts.schedule({ workspaceId, postId, revision, at: { local, zone: 'Asia/Bangkok' } });
    };
    const now = async (text: string) => {
      const { id: postId, revision } = await write(text);
      await client.posts.publishNow({ workspaceId, postId, revision });
      await until(
        () => client.posts.get({ workspaceId, postId }),
        ({ state }) => state === 'published',
        60_000,
      );
    };
    await later('In three weeks', 21);
    await later('The day after tomorrow', 2);
    await now('Went out first');
    await now('Went out last');
    page = await desk.newPage();
    await page.goto(inWorkspace('deliveries'));
    await page.locator('.ledger-part').first().waitFor();
    expect(await page.locator('.ledger-part > h2').allTextContents()).toEqual(['Due', 'Done']);
    expect(await page.locator('.delivery-title').allTextContents()).toEqual([
      'The day after tomorrow',
      'In three weeks',
      'Went out last',
      'Went out first',
    ]);
    expect(await findBarriers(page)).toEqual([]);
    await page.close();
  });
});

describe('what is half-written', { timeout: 120_000 }, () => {
  it('is there after loading the page again: settings, an invitation, a key; no secret is kept', async () => {
    page = await desk.newPage();
    await page.goto(inWorkspace('settings'));
    await page.getByLabel('Grace time in minutes').fill('45');
    await page.reload();
    expect(await page.getByLabel('Grace time in minutes').inputValue()).toBe('45');

    await page.goto(inWorkspace('members'));
    await page.locator('input[type=email]').fill('somsri@bakery.test');
    await page.locator('form select').selectOption('viewer');
    await page.reload();
    expect(await page.locator('input[type=email]').inputValue()).toBe('somsri@bakery.test');
    expect(await page.locator('form select').inputValue()).toBe('viewer');

    await page.goto(inWorkspace('api-keys'));
    await page.getByRole('textbox', { name: 'Name' }).fill('Till');
    await page.reload();
    expect(await page.getByRole('textbox', { name: 'Name' }).inputValue()).toBe('Till');
    await button('Make the key').click();
    const secret = await page.locator('.secret input').inputValue();
    expect(secret.length).toBeGreaterThan(20);
    const kept = await page.evaluate(() => JSON.stringify([{ ...sessionStorage }, { ...localStorage }]));
    expect(kept).not.toContain(secret);
    await page.close();
  });

  it('is sent by another tab as soon as the tab that holds it is closed', async () => {
    page = await desk.newPage();
    await page.goto(inWorkspace('goals'));
    const writing = await desk.newPage();
    // Only what this tab saves is lost; Goalpost answers everything else.
    await writing.route(/\/posts$/, (route) =>
      route.request().method() === 'POST' ? route.abort() : route.continue(),
    );
    await writing.goto(inWorkspace('posts/new'));
    await writing.locator('.part-text').first().fill('Spelt on Saturday.');
    await writing.locator('.save-unreachable').waitFor();
    const drafts = async () => (await client.posts.list({ workspaceId, text: 'Spelt on Saturday' })).items.length;
    // The other tab must know of it before.
    await page.waitForFunction(async () =>
      (await navigator.locks.query()).pending?.some(({ name }) => name?.startsWith('goalpost.draft.')),
    );
    expect(await drafts()).toBe(0);
    await writing.close();
    expect(await until(drafts, (count) => count > 0, 30_000)).toBe(1);
    await page.close();
  });
});

describe('the only owner', { timeout: 60_000 }, () => {
  it('is told why their role stays and they cannot leave, and is offered neither', async () => {
    page = await desk.newPage();
    await page.goto(inWorkspace('members'));
    await page.getByText('You are the only owner.', { exact: false }).waitFor();
    expect(await button(/^Leave/).count()).toBe(0);
    expect(await page.locator('.line select').count()).toBe(0);
    await page.goto(inWorkspace('goals'));
    await page.locator('h1').waitFor();
    expect(await button('Show the archive').count()).toBe(0);
    await page.close();
  });
});
