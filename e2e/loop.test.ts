import { existsSync } from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type BlueskyServer, startBluesky, type TestAccount } from '#test/servers/bluesky/index.ts';
import { likeAndAnswer } from './like-and-answer.ts';
import { until } from './product.ts';
import { useBrowser } from './use-browser.ts';
import { useProduct } from './use-product.ts';

let bluesky: BlueskyServer;
let bakery: TestAccount;
let regular: TestAccount;
let page: Page;

beforeAll(async () => {
  expect(existsSync(path.join(import.meta.dirname, '../dist/web/index.html')), 'the interface has been built').toBe(
    true,
  );
  bluesky = await startBluesky();
  bakery = await bluesky.createAccount('bakery');
  regular = await bluesky.createAccount('benno');
});
afterAll(() => bluesky?.stop());

const product = useProduct();
const { openContext, complaints } = useBrowser(product);

beforeAll(async () => {
  const newcomer = await openContext(undefined, { timezoneId: 'Asia/Bangkok' });
  page = await newcomer.newPage();
  page.on('console', (message) => {
    // Refusals are expected where a test provokes them; the browser logs them as errors.
    const isRefusal = /status of (401|422)/.test(message.text());
    if (message.type() === 'error' && !isRefusal) complaints.push(message.text());
  });
});

const button = (name: string | RegExp) => page.getByRole('button', { name });
const link = (name: string | RegExp) => page.getByRole('link', { name });
const heading = (name: string | RegExp) => page.getByRole('heading', { name });

const onBluesky = 'Fresh sourdough at seven. Who comes? #bread';
const onPage = 'Fresh sourdough comes out of the oven at seven tomorrow morning. Bring a friend, the coffee is on us.';
const goalTitle = 'More people who talk with us';

/** One business's first day, step by step; each step stands on the one before. */
describe('from goal to post to proof', { timeout: 150_000 }, () => {
  it('a newcomer signs up and opens the workspace of the business', async () => {
    await page.goto(product.url);
    await page.waitForURL('**/sign-up');
    await page.getByLabel('Your name').fill('Mali');
    await page.getByLabel('E-mail').fill('mali@bakery.example');
    await page.getByRole('textbox', { name: 'Password' }).fill('sourdough at seven');
    await button('Sign up').click();
    await page.waitForURL('**/welcome');
    await page.getByLabel('Name of the business').fill('Mali’s Bakery');
    expect(await page.getByLabel('Time zone').inputValue()).toBe('Asia/Bangkok');
    await button('Open the workspace').click();
    await heading('What is your business, and where?').waitFor();
    await button('Go on later').click();
    await page.waitForURL('**/today');
    await link('Goals').first().click();
    await heading('Begin with a goal').waitFor();
  });

  it('sets a goal with four answers', async () => {
    await link('Set a goal').first().click();
    await page.getByLabel('What do you want to reach?').fill(goalTitle);
    await page.getByLabel('What shall be counted?').selectOption('engagement');
    await page.getByRole('spinbutton', { name: 'Target' }).fill('20');
    await page.getByLabel('By when?').fill('2027-03-31');
    await button('Set the goal').click();
    await heading(goalTitle).waitFor();
    await page.getByText('No figure').waitFor();
  });

  it('opens the own page and connects Bluesky; a wrong password is named at its field and nothing is lost', async () => {
    await link('Channels').first().click();
    await link('Add a channel').click();
    await link('Open your own page').click();
    await page.getByLabel('Address').fill('malis-bakery');
    await button('Open your own page').click();
    await heading('Your page').waitFor();

    await link('Channels').first().click();
    await link('Add a channel').click();
    await link('Connect Bluesky').click();
    await page.getByLabel('Handle').fill(bakery.handle);
    await page.getByRole('textbox', { name: 'App password' }).fill('not-the-right-one');
    await page.getByLabel('Server').fill(bluesky.pdsUrl);
    await button('Connect Bluesky').click();
    await page
      .getByText('Bluesky does not know this handle with this app password.', { exact: false })
      .first()
      .waitFor();
    expect(await page.getByLabel('Handle').inputValue()).toBe(bakery.handle);
    await page.getByRole('textbox', { name: 'App password' }).fill(bakery.appPassword);
    await button('Connect Bluesky').click();
    await page.getByText('Connected', { exact: true }).first().waitFor();
  });

  it('writes a post with two variants and a picture; it survives a reload', async () => {
    await page.keyboard.press('c');
    await page.getByRole('checkbox', { name: /Own page/ }).check();
    await page.getByRole('checkbox', { name: /Bluesky/ }).check();
    await page.getByLabel('Text', { exact: true }).first().fill(onPage);
    // Before anything can have been saved.
    await page.reload();
    await page.getByLabel('Text', { exact: true }).first().waitFor();
    expect(await page.getByLabel('Text', { exact: true }).first().inputValue()).toBe(onPage);
    await page.setInputFiles('input[type=file]', {
      name: 'bread.jpg',
      mimeType: 'image/jpeg',
      buffer: await drawBread(),
    });
    await page.getByLabel('What picture 1 shows').fill('A round loaf on a wooden board');
    await page.getByLabel('It serves').fill('More people');
    await page.keyboard.press('Enter');
    await page.getByRole('tab', { name: /Bluesky/ }).click();
    await page.getByLabel('Text', { exact: true }).first().fill(onBluesky);
    await page.getByText('Saved', { exact: true }).first().waitFor();
    await page.reload();
    await page.getByRole('tab', { name: /Bluesky/ }).click();
    expect(await page.getByLabel('Text', { exact: true }).first().inputValue()).toBe(onBluesky);
    await page.getByRole('tab', { name: 'Base text' }).click();
    expect(await page.getByLabel('Text', { exact: true }).first().inputValue()).toBe(onPage);
  });

  it('schedules it and sees it live on both channels', async () => {
    const soon = Temporal.Now.zonedDateTimeISO('Asia/Bangkok').add({ seconds: 65 }).toPlainDateTime();
    await page.getByLabel('Day').fill(soon.toPlainDate().toString());
    await page.getByLabel('Time', { exact: true }).fill(soon.toPlainTime().toString({ smallestUnit: 'minute' }));
    await button(/^Schedule/).click();
    await page.getByText('Scheduled for', { exact: false }).first().waitFor();
    await link('Deliveries').first().click();
    await until(
      () => page.getByText('Live', { exact: true }).count(),
      (count) => count >= 2,
      100_000,
    );
  });

  it('is there for the world: words and picture on Bluesky, words on the own page', async () => {
    const [record] = await bakery.listPosts();
    expect(record?.value['text']).toBe(onBluesky);
    const seen = await until(
      () => bakery.getPost(record?.uri ?? ''),
      (post) => post !== null,
      20_000,
    );
    const images = (seen?.embed as { images?: { alt: string }[] })?.images;
    expect(images?.map((image) => image.alt)).toEqual(['A round loaf on a wooden board']);
    const publicPage = await (await fetch(`${product.url}/p/malis-bakery`)).text();
    expect(publicPage).toContain('the coffee is on us');
    expect(publicPage).toContain('A round loaf on a wooden board');
    expect(publicPage).not.toContain('<script');
  });

  it('moves the goal’s figure when a customer likes and answers, and opens it down to the like', async () => {
    await likeAndAnswer(regular, bakery);

    await link('Goals').first().click();
    await link(goalTitle).click();
    await until(
      async () => {
        const fetchNow = button('Fetch the figures now');
        if (await fetchNow.isEnabled()) await fetchNow.click();
        await page.waitForTimeout(3_000);
        await page.reload();
        await page.locator('.figure-button').waitFor();
        return page.locator('.figure-button').textContent();
      },
      (text) => /(?<!\d)2\s*of 20/.test(text ?? ''),
      90_000,
    );
    await page.locator('.figure-button').click();
    const evidence = page.getByRole('dialog');
    await evidence.getByText(onBluesky.slice(0, 20), { exact: false }).first().waitFor();
    await evidence
      .getByRole('button', { name: /Who did it/ })
      .first()
      .click();
    await evidence.getByText('Benno').first().waitFor({ timeout: 60_000 });
    await evidence.getByText('likes it').waitFor();
    await evidence.getByText('I do!').waitFor();
  });

  it('can be paused and let go on again in a moment', async () => {
    await page.goto(page.url().replace(/goals\/.*/, 'deliveries'));
    await button('Pause posts').click();
    await page.getByRole('menuitem', { name: 'All posts, everywhere' }).click();
    await page.getByText('All posts are paused').waitFor();
    await button('Let posts go on').click();
    await page.getByText('All posts are paused').waitFor({ state: 'detached' });
  });

  it('happened without an error in the browser', () => {
    expect(complaints).toEqual([]);
  });
});

const drawBread = () =>
  sharp({ create: { width: 1200, height: 800, channels: 3, background: '#b98a4e' } })
    .jpeg()
    .toBuffer();
