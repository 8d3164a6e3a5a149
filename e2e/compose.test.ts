import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type PracticeServer, startPractice } from '#test/servers/practice/index.ts';
import { openPracticeShop } from './practice.ts';
import { type Client, until } from './product.ts';
import { useBakery } from './use-bakery.ts';

let practice: PracticeServer;
beforeAll(async () => {
  practice = await startPractice();
});
afterAll(() => practice?.stop());

const bakery = useBakery();
let client: Client;
let page: Page;
let workspaceId: string;

beforeAll(async () => {
  ({ client, workspaceId } = bakery);
  await openPracticeShop({ client, workspaceId, practice }).openChannel('bakery', 'keyed');
  await bakery.openOwnPage();
  const target = { kind: 'number' as const, value: 200 };
  const about = { workspaceId, metric: 'engagement' as const, target, deadlineOn: '2027-03-31' };
  for (const title of ['More talk about bread', 'More orders for cake']) await client.goals.create({ ...about, title });
  page = await bakery.openPage();
});

const text = () => page.getByLabel('Text', { exact: true }).first();
const line = () => page.locator('.serves-line');
const preview = (name: string) => page.locator('.preview').filter({ hasText: name });
const options = () => page.getByRole('option').locator('span').allTextContents();

describe('the composer', { timeout: 120_000 }, () => {
  it('takes goal and kind in a stroke each, and shows what the post is for and how that stands', async () => {
    await page.goto(bakery.at('compose'));
    await text().fill('Fresh sourdough comes out of the oven at seven. Bring a friend.');
    await line().getByText('Not decided yet').waitFor();
    await page.getByLabel('It serves').fill('cake');
    await page.keyboard.press('Enter');
    await line().getByRole('link', { name: 'More orders for cake' }).waitFor();
    await line().getByText('not counted yet; target 200').waitFor();
    await page.getByRole('button', { name: /^Promote/ }).focus();
    await page.keyboard.press('2');
    const teach = page.getByRole('button', { name: /^Teach/ });
    expect(await teach.getAttribute('aria-pressed')).toBe('true');
    expect(await teach.evaluate((it) => it === document.activeElement)).toBe(true);
    await page.getByText('Saved', { exact: true }).waitFor();
    const [saved] = (await client.posts.list({ workspaceId, state: 'draft' })).items;
    expect(saved).toMatchObject({ pillar: 'teach', serves: { kind: 'goal' } });
  });

  it('offers the goal that was chosen last first, also for the next post', async () => {
    await page.goto(bakery.at('goals'));
    await page.goto(bakery.at('compose'));
    await page.getByLabel('It serves').fill('more');
    expect(await options()).toEqual(['More orders for cake', 'More talk about bread']);
    await page.getByText('Goal · used last').waitFor();
  });

  it('shows the channels side by side, marks what differs from the base, and goes back and forth in one press', async () => {
    await text().fill('Fresh sourdough at seven.');
    await page.getByRole('tab', { name: /Practice/ }).click();
    await text().fill('Fresh rye at seven.');
    const own = preview('its own text');
    await own.locator('ins', { hasText: 'rye' }).waitFor();
    await own.locator('del', { hasText: 'sourdough' }).waitFor();
    const [one, other] = [await own.boundingBox(), await preview('as the base text').boundingBox()];
    expect(one?.y).toBe(other?.y);
    expect(one?.x).not.toBe(other?.x);
    await own.getByRole('button', { name: 'Follow the base text again' }).click();
    await own.waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Undo' }).click();
    await own.locator('ins', { hasText: 'rye' }).waitFor();
  });

  it('says in the network’s own words what fits, and leads to what is too long when one tries all the same', async () => {
    await page.getByText('What fits here').click();
    await page.getByText('500 characters.').waitFor();
    await text().fill(`rye ${'x'.repeat(510)}`);
    await page.getByRole('tab', { name: 'Base text' }).click();
    await page.keyboard.press('Control+Enter');
    await page.getByText('Not ready to go out yet').waitFor();
    expect(await text().inputValue()).toContain('rye xxx');
    expect(await text().evaluate((it) => it === document.activeElement)).toBe(true);
    await page.getByRole('tab', { name: 'Base text' }).click();
    await page.getByRole('button', { name: 'Go to the first one' }).click();
    expect(await text().evaluate((it) => it === document.activeElement)).toBe(true);
    expect(await text().inputValue()).toContain('rye xxx');
  });

  it('is written, saved, looked at and scheduled by keyboard alone', async () => {
    await page.keyboard.press('Control+a');
    await page.keyboard.type('Fresh rye at seven.');
    await page.keyboard.press('Control+s');
    await page.getByText('Saved', { exact: true }).waitFor();
    await page.keyboard.press('Control+Shift+P');
    expect(await page.locator('.composer-previews').evaluate((it) => it === document.activeElement)).toBe(true);
    await page.keyboard.press('Control+Enter');
    await page.getByText('It is on the calendar:', { exact: false }).waitFor();
    await page.getByRole('button', { name: 'Undo' }).last().click();
    await page.getByText('It is on the calendar:', { exact: false }).waitFor({ state: 'detached' });
  });

  it('shows one preview at a time on a phone, in Thai, and nothing is wider than the screen', async () => {
    await page.getByText('Saved', { exact: true }).waitFor();
    await client.me.update({ language: 'th' });
    await page.setViewportSize({ width: 390, height: 844 });
    await page.reload();
    await page.locator('.preview:visible').first().waitFor();
    expect(await page.locator('.preview:visible').count()).toBe(1);
    await page.getByText('ข้อความของตัวเอง').waitFor();
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(overflow).toBeLessThanOrEqual(0);
  });

  it.each([
    ['en', 1280],
    ['en', 390],
    ['th', 1280],
    ['th', 390],
  ] as const)(
    'is gone through by keyboard alone in %s at %i pixels, from the first word to the calendar',
    async (language, width) => {
      await client.me.update({ language });
      await page.setViewportSize({ width, height: 844 });
      await page.goto(bakery.at('posts/new'));
      await page.locator('.part-text').first().focus();
      const words = language === 'th' ? `ขนมปังใหม่จากเตา ${width}` : `Straight from the oven, ${width}`;
      await page.keyboard.type(words);
      await page.keyboard.press('Control+s');
      await page.locator('.save-saved').waitFor();
      await page.keyboard.press('Control+Enter');
      const isThere = async () => (await client.posts.list({ workspaceId, text: words })).items[0]?.state;
      await until(isThere, (it) => it === 'scheduled', 15_000);
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      expect(overflow).toBeLessThanOrEqual(0);
    },
  );
});
