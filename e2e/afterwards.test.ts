import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Client, until } from './product.ts';
import { useBakery } from './use-bakery.ts';

const bakery = useBakery();
let page: Page;
let client: Client;
let workspaceId: string;
let channelId: string;

beforeAll(async () => {
  ({ client, workspaceId } = bakery);
  channelId = await bakery.openOwnPage();
  page = await bakery.openPage();
  page.on('console', (message) => {
    if (message.type() === 'error') bakery.complaints.push(message.text());
  });
});

const button = (name: string | RegExp) => page.getByRole('button', { name });
const visit = async (address: string) => {
  const answer = await fetch(address);
  return { status: answer.status, text: await answer.text() };
};
const hasFocus = (text: string) =>
  page.waitForFunction((words) => document.activeElement?.textContent?.includes(words), text);

/** What can be done with a post once it is out, in the order in which a person would. */
describe('after publication', { timeout: 120_000 }, () => {
  let address = '';

  it('what was scheduled is said beside the button, and has the focus', async () => {
    await page.goto(bakery.at('compose'));
    await page.getByLabel('Text', { exact: true }).first().fill('Later, not now.');
    await button(/^Schedule for /).click();
    await page.getByText('It is on the calendar:', { exact: false }).waitFor();
    await hasFocus('It is on the calendar:');
  });

  it('what goes out at once is shown where it stands', async () => {
    await page.goto(bakery.at('compose'));
    await page.getByLabel('Text', { exact: true }).first().fill('Fersh rolls at seven.');
    await button('Publish now').click();
    await page.getByText('Live', { exact: true }).first().waitFor();
    await hasFocus('How it stands');
    address = (await page.getByRole('link', { name: 'See it live' }).getAttribute('href')) ?? '';
    expect((await visit(address)).text).toContain('Fersh rolls at seven.');
    await page.getByText(address.replace('http://', ''), { exact: true }).waitFor();
  });

  it('a misspelt word is corrected where it stands', async () => {
    await button('Correct what is live').click();
    const words = page.locator('form').getByLabel('Text', { exact: true });
    expect(await words.inputValue()).toBe('Fersh rolls at seven.');
    await words.fill('Fresh rolls at seven.');
    await button('Correct it there').click();
    await page.getByText('Corrected. The new words are live.').waitFor();
    await page.getByText('Corrected on', { exact: false }).waitFor();
    await page.getByText('It says now: Fresh rolls at seven.').waitFor();
    const { status, text } = await visit(address);
    expect(status).toBe(200);
    expect(text).toContain('Fresh rolls at seven.');
    expect(text).toContain('Corrected on');
    expect(text).not.toContain('Fersh');
  });

  it('is begun again with the corrected words, and left as it is when nothing is sent', async () => {
    await button('Correct what is live').click();
    expect(await page.locator('form').getByLabel('Text', { exact: true }).inputValue()).toBe('Fresh rolls at seven.');
    await page.locator('form').getByRole('button', { name: 'Cancel' }).click();
    await button('Correct what is live').waitFor();
  });

  it('is taken down after a question that names what follows, and left up when the answer is no', async () => {
    await button('Take it down').click();
    await page.getByText('That cannot be undone.', { exact: false }).waitFor();
    await button('Leave it up').click();
    expect((await visit(address)).status).toBe(200);
    await button('Take it down').click();
    await button('Yes, take it down').click();
    await page.getByText('Taken down on', { exact: false }).waitFor();
    expect(await page.getByRole('link', { name: 'See it live' }).count()).toBe(0);
    const gone = await visit(address);
    expect(gone.status).toBe(410);
    expect(gone.text).toContain('This post was taken down');
    expect(gone.text).not.toContain('rolls');
    expect((await visit(`${bakery.product.url}/p/malis-bakery/feed.rss`)).text).not.toContain('rolls');
  });

  it('the ledger counts the day and calls nothing live that is gone', async () => {
    await page.goto(bakery.at('deliveries?view=done'));
    await page.getByText('Taken down', { exact: true }).first().waitFor();
    expect(await page.getByText('Live', { exact: true }).count()).toBe(0);
    for (const counted of [/^1 due/, /^1 went live/])
      await page.getByRole('button', { name: counted }).first().waitFor();
  });

  it('the goal that it served still has what it brought, and says when it went', async () => {
    const goal = await client.goals.create({
      workspaceId,
      title: 'Speak up',
      metric: 'posts-published',
      target: { kind: 'number', value: 5 },
      scope: { posts: 'all', channelIds: [channelId] },
      deadlineOn: '2090-01-01',
    });
    await until(
      () => client.analytics.progress({ workspaceId, goalId: goal.id }),
      ({ value }) => value === 1,
      20_000,
    );
    await page.goto(bakery.at(`goals/${goal.id}`));
    await page.locator('.figure-button').click();
    const evidence = page.getByRole('dialog');
    await evidence.getByText('Fresh rolls at seven.').first().waitFor();
    await evidence.getByText('Taken down on', { exact: false }).waitFor();
    expect(await evidence.getByRole('link', { name: 'See it live' }).count()).toBe(0);
  });

  it('happened without an error in the browser', () => {
    expect(bakery.complaints).toEqual([]);
  });
});
