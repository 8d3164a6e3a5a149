import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type PracticeServer, startPractice } from '#test/servers/practice/index.ts';
import { openPracticeShop, type PracticeChannel } from './practice.ts';
import { until } from './product.ts';
import { useBakery } from './use-bakery.ts';

let practice: PracticeServer;
beforeAll(async () => {
  practice = await startPractice();
});
afterAll(() => practice?.stop());

const bakery = useBakery();
let page: Page;
let channel: PracticeChannel;

beforeAll(async () => {
  const { client, workspaceId } = bakery;
  channel = await openPracticeShop({ client, workspaceId, practice }).openChannel('bakery', 'keyed');
  await bakery.openOwnPage();
  page = await bakery.openPage();
});

describe('the first comment in the composer', { timeout: 120_000 }, () => {
  const field = () => page.getByRole('textbox', { name: 'First comment' });

  it('is offered beneath the thread, and says at its own field what a channel has against it', async () => {
    await page.goto(bakery.at('compose'));
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
