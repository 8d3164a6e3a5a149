import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type PracticeServer, startPractice } from '#test/servers/practice/index.ts';
import { openBrowser } from './browser.ts';
import { openPracticeShop, type PracticeChannel } from './practice.ts';
import { type Client, type Installation, makeInstallation, type Product, signUpOwnerIn, until } from './product.ts';

let installation: Installation;
let product: Product;
let practice: PracticeServer;
let browser: Browser;
let client: Client;
let page: Page;
let workspaceId: string;
let channel: PracticeChannel;

beforeAll(async () => {
  practice = await startPractice();
  installation = await makeInstallation();
  product = await installation.start();
  const owner = await signUpOwnerIn(installation.url);
  client = owner.client;
  const shop = await openPracticeShop(client, practice);
  ({ workspaceId } = shop);
  channel = await shop.openChannel('bakery', 'keyed');
  await client.page.open({ workspaceId, address: 'malis-bakery', title: 'Mali’s Bakery' });
  browser = await openBrowser();
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, locale: 'en-GB' });
  await context.addCookies([{ ...owner.cookie, url: installation.url }]);
  page = await context.newPage();
  page.setDefaultTimeout(20_000);
});
afterAll(async () => {
  await browser?.close();
  await product?.stop();
  await practice?.stop();
  installation?.remove();
});

describe('the first comment in the composer', { timeout: 120_000 }, () => {
  const field = () => page.getByRole('textbox', { name: 'First comment' });

  it('is offered beneath the thread, and says at its own field what a channel has against it', async () => {
    await page.goto(`${installation.url}/w/${workspaceId}/compose`);
    await page.getByLabel('Text', { exact: true }).first().fill('Bread at seven.');
    await page.getByText('said beneath the post', { exact: false }).click();
    await field().fill('x'.repeat(518));
    await page.getByText('Practice network: The first comment is 18 characters too long.', { exact: false }).waitFor();
    await page.getByText('Own page: There are no first comments here.', { exact: false }).waitFor();
    await page.getByRole('checkbox', { name: /Own page/ }).uncheck();
    await page.getByText('Own page: There are no', { exact: false }).waitFor({ state: 'detached' });
  });

  it('survives a reload, stays when the text changes, and goes out after the post', async () => {
    await field().fill('Opening hours: 7 to 4.');
    await page.getByLabel('Text', { exact: true }).first().fill('Bread at seven, and rolls.');
    await page.getByText('Saved', { exact: true }).waitFor();
    await page.reload();
    expect(await field().inputValue()).toBe('Opening hours: 7 to 4.');
    await page.getByRole('button', { name: 'Publish now' }).click();
    await page.getByText('Live', { exact: true }).first().waitFor();
    await until(
      async () => channel.accepted(),
      (texts) => texts.length === 2,
      20_000,
    );
    expect(channel.accepted()).toEqual(['Bread at seven, and rolls.', 'Opening hours: 7 to 4.']);
  });
});
