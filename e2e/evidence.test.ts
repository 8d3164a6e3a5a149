import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { findBarriers } from './find-barriers.ts';
import { type Client, until } from './product.ts';
import { useBakery } from './use-bakery.ts';
import type { Look } from './use-browser.ts';

const bakery = useBakery();
let client: Client;
let workspaceId: string;
let channelId: string;
let goalId: string;
let viewsId: string;
let deliveryId: string;

beforeAll(async () => {
  ({ client, workspaceId } = bakery);
  viewsId = await setGoal('People find us', 'page-views');
  goalId = await setGoal('Speak up', 'posts-published');
});

async function setGoal(title: string, metric: 'page-views' | 'posts-published'): Promise<string> {
  const target = { kind: 'number', value: 5 } as const;
  const scope = { posts: 'all', place: 'Mill Lane' } as const;
  const narrow = metric === 'page-views' ? { scope } : { scope: { posts: 'all' as const } };
  return (await client.goals.create({ workspaceId, title, metric, target, deadlineOn: '2090-01-01', ...narrow })).id;
}

const openScreen = (screen: string, look?: Look) => bakery.openPage(bakery.at(screen), look);
const close = (page: Page) => page.context().close();
const drawer = (page: Page) => page.getByRole('dialog');
const heading = (page: Page, name: string) => drawer(page).getByRole('heading', { name });
/** The address that holds the focus, as figures name theirs. */
const focused = (page: Page) => page.evaluate(() => document.activeElement?.getAttribute('data-evidence'));

describe('what a figure is made of', () => {
  it('says of a goal on views that there is no page yet, leads to it, and claims nothing for a place', async () => {
    const page = await openScreen(`goals/${viewsId}?evidence=goal.${viewsId}`);
    await drawer(page).getByText('You have no own page yet').waitFor();
    expect(await drawer(page).getByRole('link', { name: 'Open your own page' }).getAttribute('href')).toContain(
      'network=page',
    );
    await page.goto(bakery.at(`goals/${viewsId}/edit`));
    await page.getByText('no status is claimed', { exact: false }).waitFor({ state: 'attached' });
    await page.goto(bakery.at('goals/new'));
    await page.getByText('Where it counts').waitFor({ state: 'attached' });
    expect(await page.getByLabel('Campaign').count()).toBe(0);
    await close(page);
  });

  it('opens from the morning page down to the day a post was read, by its address, and gives the focus back', async () => {
    channelId = await bakery.openOwnPage();
    const post = await client.posts.create({
      workspaceId,
      content: { parts: [{ text: 'Rolls at seven', media: [], link: null }] },
      serves: { kind: 'goal', goalId },
      variants: [{ channelId }],
    });
    await client.posts.publishNow({ workspaceId, postId: post.id, revision: post.revision });
    const { deliveries } = await until(
      () => client.posts.get({ workspaceId, postId: post.id }),
      ({ state }) => state === 'published',
      20_000,
    );
    deliveryId = deliveries[0]?.id ?? '';
    // Machines are not counted, and a browser that is driven says that it is one.
    const reader = await fetch(deliveries[0]?.address ?? '', {
      headers: { 'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0' },
    });
    expect(reader.status).toBe(200);
    await until(
      () => client.analytics.pageCounts({ workspaceId }),
      ({ views }) => views === 1,
      20_000,
    );

    const page = await openScreen('today');
    await page.getByRole('button', { name: /^1 ?of 5 ?Posts published Speak up/ }).click();
    await heading(page, 'What this figure is made of').waitFor();
    await drawer(page).getByText('Rolls at seven', { exact: true }).first().waitFor();
    expect(await findBarriers(page)).toEqual([]);
    await drawer(page)
      .getByRole('button', { name: /What came of it/ })
      .click();
    await heading(page, 'What came of this post').waitFor();
    await drawer(page)
      .getByRole('button', { name: /Views of posts|Post views/ })
      .first()
      .click();
    await heading(page, 'Counted on your own page').waitFor();
    await drawer(page).locator('.evidence-figure').filter({ hasText: /^1/ }).waitFor();
    expect(await findBarriers(page)).toEqual([]);

    // Whoever gets the link sees the same, and the same way back.
    const link = page.url();
    expect(new URL(link).searchParams.get('evidence')?.split('_')).toHaveLength(3);
    await page.reload();
    await heading(page, 'Counted on your own page').waitFor();
    await drawer(page).getByRole('button', { name: 'One step back' }).click();
    await heading(page, 'What came of this post').waitFor();
    await page.keyboard.press('Escape');
    await drawer(page).waitFor({ state: 'hidden' });
    await page.waitForURL((url) => url.search === '');
    await until(
      () => focused(page),
      (address) => address === `goal.${goalId}`,
      5_000,
    );
    await close(page);
  });

  it('opens the own page’s views by day and post, and a day’s deliveries by where they stand, on a phone', async () => {
    const phone = { width: 390, height: 844, colorScheme: 'dark' } as const;
    const page = await openScreen(`channels/${channelId}?evidence=page.views`, phone);
    await drawer(page).getByRole('heading', { name: 'By day' }).waitFor();
    await drawer(page).getByRole('row').filter({ hasText: 'Rolls at seven' }).getByRole('button').click();
    await drawer(page)
      .getByRole('button', { name: /All figures of this post/ })
      .click();
    await heading(page, 'What came of this post').waitFor();
    // Opened anew, with more in it than there is room for: the figure itself is what one sees first.
    await page.setViewportSize({ width: 390, height: 400 });
    await page.goBack();
    await drawer(page).getByRole('heading', { name: 'By day' }).waitFor();
    const scrolled = () => drawer(page).evaluate((it) => it.scrollTop);
    expect(await drawer(page).evaluate((it) => it.scrollHeight)).toBeGreaterThan(600);
    expect(await scrolled()).toBe(0);
    await page.setViewportSize(phone);
    await page.goto(bakery.at('deliveries'));
    await page.getByRole('button', { name: /^1 due/ }).click();
    await drawer(page).getByText('Rolls at seven', { exact: true }).first().waitFor();
    await drawer(page)
      .getByRole('button', { name: /^1 went live/ })
      .click();
    await drawer(page).getByText('One step back').waitFor();
    expect(await findBarriers(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    await page.goBack();
    await page.goBack();
    await drawer(page).waitFor({ state: 'hidden' });
    await close(page);
  });

  it('is reached by the keyboard from a point of the trend, and closing gives the point back', async () => {
    const page = await openScreen(`goals/${goalId}`);
    const points = page.getByRole('group', { name: 'The points of the line' });
    const last = points.getByRole('button').last();
    await last.focus();
    const address = await focused(page);
    await page.keyboard.press('Enter');
    await drawer(page).getByText('As it stood at the end of', { exact: false }).waitFor();
    await drawer(page).getByText('Rolls at seven', { exact: true }).first().waitFor();
    await page.keyboard.press('Escape');
    await drawer(page).waitFor({ state: 'hidden' });
    expect(await focused(page)).toBe(address);
    await close(page);
  });

  it('says so where an address names no figure, and where what it names is not there', async () => {
    const page = await openScreen('today?evidence=goal.of.nobody');
    await heading(page, 'This cannot be shown').waitFor();
    await page.goto(bakery.at(`today?evidence=delivery.${crypto.randomUUID()}`));
    await drawer(page).getByText('This is not here', { exact: false }).waitFor();
    expect(deliveryId).not.toBe('');
    await close(page);
  });

  it('a field’s problem is said once, at the field', async () => {
    const page = await openScreen(`channels/${channelId}`);
    const links = page.getByRole('group', { name: 'Links' });
    await page.getByRole('button', { name: 'Add a link' }).click();
    await links.getByLabel('Words of link 1').fill('Menu');
    await links.getByLabel('Address of link 1').fill('https://');
    await page.route('**/page', (route) =>
      route.request().method() === 'PATCH'
        ? route.continue({ postData: JSON.stringify({ revision: 1, title: 'x'.repeat(200) }) })
        : route.continue(),
    );
    await links.getByLabel('Address of link 1').fill('https://shop.example/menu');
    await page.getByRole('button', { name: 'Save' }).first().click();
    const field = page.locator('.mantine-TextInput-error').first();
    await field.waitFor();
    const words = (await field.textContent()) ?? '';
    expect(words).not.toBe('');
    expect(await page.getByText(words, { exact: true }).count()).toBe(1);
    await page.getByText('Look at the marked fields', { exact: false }).waitFor();
    await close(page);
  });
});
