import type { BrowserContext, Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Client } from './product.ts';
import { type Member, useBakery } from './use-bakery.ts';

const bakery = useBakery();
let owner: Client;
let workspaceId: string;

beforeAll(() => {
  ({ client: owner, workspaceId } = bakery);
});

const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name });

describe('whoever takes something away by keyboard', { timeout: 180_000 }, () => {
  it('goes on at the line after it, the line before it, or the heading above', async () => {
    for (const email of ['a@bakery.example', 'b@bakery.example'])
      await owner.invitations.create({ workspaceId, email, role: 'editor' });
    await bakery.makeMember('Somsri');
    const page = await bakery.openPage(bakery.at('members'));
    const focused = () =>
      page.evaluate(() =>
        document.activeElement === document.body ? '' : (document.activeElement?.textContent ?? ''),
      );
    const gone = (name: string) => button(page, name).waitFor({ state: 'detached' });
    await button(page, 'Take back: b@bakery.example').press('Enter');
    await gone('Take back: b@bakery.example');
    await expect.poll(focused).toContain('a@bakery.example');
    await button(page, 'Take back: a@bakery.example').press('Enter');
    await gone('Take back: a@bakery.example');
    await expect.poll(focused).toBe('Members');
    await button(page, 'Remove: Somsri').press('Enter');
    await button(page, 'Yes, remove').press('Enter');
    await gone('Remove: Somsri');
    await expect.poll(focused).toContain('Mali (you)');

    await owner.apiKeys.create({ workspaceId, name: 'The till', scopes: ['read'], days: 90 });
    await page.goto(bakery.at('api-keys'));
    await button(page, 'Revoke: The till').press('Enter');
    await page
      .getByRole('group', { name: /The till/ })
      .getByRole('button')
      .first()
      .press('Enter');
    await gone('Revoke: The till');
    await expect.poll(focused).toContain('The till');
    await page.context().close();
  });
});

describe('two tabs on two workspaces of one person', { timeout: 180_000 }, () => {
  let nok: Member;
  let context: BrowserContext;
  let atBakery: Page;
  let atNoodles: Page;

  it('never mix, whatever is done in turns, and keep unsaved words apart', async () => {
    nok = await bakery.makeMember('Nok');
    context = await bakery.openContext(nok.cookie);
    await context.route('**/api/workspaces/*/posts', (route) =>
      route.request().method() === 'POST' ? route.abort() : route.continue(),
    );
    atBakery = await bakery.openTab(context, bakery.at('compose'));
    atNoodles = await bakery.openTab(context, `/w/${nok.own}/compose`);
    const text = (page: Page) => page.getByLabel('Text', { exact: true }).first();
    // Nothing reaches the server: what is written stands in the browser's store alone, which both tabs share.
    for (const [page, words] of [
      [atBakery, 'Bread'],
      [atNoodles, 'Noodles'],
      [atBakery, 'Bread at seven.'],
      [atNoodles, 'Noodles at noon.'],
    ] as const) {
      await text(page).fill(words);
    }
    await Promise.all([atBakery.reload(), atNoodles.reload()]);
    expect(await text(atBakery).inputValue()).toBe('Bread at seven.');
    expect(await text(atNoodles).inputValue()).toBe('Noodles at noon.');
    await context.unroute('**/api/workspaces/*/posts');
    await text(atBakery).fill('Bread at seven, always.');
    await text(atNoodles).fill('Noodles at noon, always.');
    for (const page of [atBakery, atNoodles]) await page.getByText('Saved', { exact: true }).waitFor();
    const wordsOf = async (of: string) =>
      (await nok.client.posts.list({ workspaceId: of })).items.map(({ content }) => content.parts[0]?.text);
    expect(await wordsOf(workspaceId)).toEqual(['Bread at seven, always.']);
    expect(await wordsOf(nok.own)).toEqual(['Noodles at noon, always.']);

    await owner.objectives.create({ workspaceId, title: 'Fill the quiet mornings' });
    for (const page of [atBakery, atNoodles]) await page.getByRole('link', { name: 'Objectives' }).click();
    await atBakery.getByText('Fill the quiet mornings').first().waitFor();
    await atNoodles.getByText('What does the business want?').waitFor();
    expect(await atNoodles.locator('body').textContent()).not.toContain('Fill the quiet mornings');
  });

  it('are changed from one to the other by the switcher alone', async () => {
    await button(atNoodles, 'Nok’s Noodles: switch workspace').click();
    await atNoodles.getByRole('menuitem', { name: 'Mali’s Bakery' }).click();
    await atNoodles.waitForURL(bakery.at('today'));
    await button(atNoodles, 'Mali’s Bakery: switch workspace').click();
    await atNoodles.getByRole('menuitem', { name: 'Nok’s Noodles' }).click();
    await atNoodles.waitForURL(`**/w/${nok.own}/today`);
    expect(new URL(atBakery.url()).pathname).toBe(`/w/${workspaceId}/objectives`);
    await atBakery.getByText('Fill the quiet mornings').first().waitFor();
  });

  it('when the person is removed from one, its open tab shows nothing of it any more, and the other goes on', async () => {
    await owner.members.remove({ workspaceId, personId: nok.personId });
    // The open tab is told; nobody has to press anything in it.
    await atBakery.getByRole('heading', { name: 'There is nothing here' }).waitFor();
    const shown = await atBakery.locator('body').textContent();
    for (const foreign of ['Mali', 'Bakery', 'quiet mornings', 'Bread']) expect(shown).not.toContain(foreign);

    await atNoodles.getByRole('link', { name: 'Objectives' }).click();
    await atNoodles.getByLabel('Your first objective').fill('More guests at lunch');
    await button(atNoodles, 'Add the objective').click();
    await atNoodles.getByText('More guests at lunch').first().waitFor();
    await atNoodles.reload();
    await button(atNoodles, 'Nok’s Noodles: switch workspace').click();
    await atNoodles.getByRole('menuitem', { name: 'New workspace' }).waitFor();
    expect(await atNoodles.getByRole('menuitem', { name: 'Mali’s Bakery' }).count()).toBe(0);
  });

  it('happened without an error in the browser', () => {
    expect(bakery.complaints).toEqual([]);
  });
});
