import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { findBarriers } from './find-barriers.ts';
import type { Client } from './product.ts';
import { useBakery } from './use-bakery.ts';

const bakery = useBakery();
let client: Client;
let workspaceId: string;
let channelId: string;

beforeAll(() => {
  ({ client, workspaceId } = bakery);
});

const phone = { width: 390, height: 844, colorScheme: 'dark' } as const;
const openToday = () => bakery.openPage(bakery.at('today'));
const close = (page: Page) => page.context().close();
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
const card = (page: Page, title: string) => page.getByRole('listitem').filter({ hasText: title });

/** What the interview would have made, said by hand. */
async function finishInterview(): Promise<void> {
  const { revision } = await client.onboarding.save({
    workspaceId,
    revision: 0,
    answers: { business: 'A bakery', minutes: 60 },
    at: 'proposal',
    skipped: [],
  });
  const made = await client.onboarding.make({
    workspaceId,
    revision,
    objective: { title: 'Fill the quiet mornings', description: '' },
    goal: { title: 'Twelve posts that people see', metric: 'posts-published', target: 12, deadlineOn: '2031-12-31' },
    cadencePerWeek: 0,
    second: null,
    page: { address: 'malis-bakery', title: 'Mali’s Bakery', about: '' },
    post: null,
  });
  channelId = made.channelId;
}

describe('the morning page', () => {
  it('is where one arrives, and leads whoever is new to the five questions', async () => {
    const page = await bakery.openPage('/', phone);
    await page.waitForURL(`**/w/${workspaceId}/today`);
    await page.getByRole('heading', { name: 'Let’s begin with what you want' }).waitFor();
    const begin = page.getByRole('link', { name: 'Answer five questions' });
    expect(await begin.getAttribute('href')).toBe(`/w/${workspaceId}/begin`);
    expect(await page.title()).toBe('Today · Goalpost');
    expect(await findBarriers(page)).toEqual([]);
    await close(page);
  });

  it('takes a yes to a proposed goal by one press, then says what it lacks', async () => {
    await finishInterview();
    const page = await openToday();
    await card(page, 'Look at the number of “Twelve posts that people see”: is it yours?').waitFor();
    expect(await findBarriers(page)).toEqual([]);
    await button(page, 'Yes, it is my goal').click();
    await page.getByText('It is your goal now.').waitFor();
    await card(page, 'Nothing for “Twelve posts that people see” goes out in the next 7 days').waitFor();
    const [goal] = (await client.goals.list({ workspaceId })).items;
    expect(goal?.yours).toBe(true);
    await close(page);
  });

  it('sets aside what is not for today, and brings it back', async () => {
    const page = await openToday();
    const title = 'Nothing for “Twelve posts that people see” goes out in the next 7 days';
    await button(page, `Not now: ${title}`).click();
    await page.getByText('Nothing needs you now.').waitFor();
    await button(page, 'Undo').click();
    await card(page, title).waitFor();
    await close(page);
  });

  it('leads to writing with the goal chosen', async () => {
    const [goal] = (await client.goals.list({ workspaceId })).items;
    const page = await openToday();
    await page.getByRole('link', { name: /^Write a post: Nothing for/ }).click();
    await page.waitForURL(`**/posts/new?goal=${goal?.id}`);
    await close(page);
  });

  it('shows by itself what goes out today, and opens the figure down to the post it came from', async () => {
    const page = await openToday();
    await page.getByText('Nothing goes out today.').waitFor();
    const [goal] = (await client.goals.list({ workspaceId })).items;
    if (!goal) throw new Error('There is no goal.');
    const post = await client.posts.create({
      workspaceId,
      content: { parts: [{ text: 'Rolls at seven', media: [], link: null }] },
      serves: { kind: 'goal', goalId: goal.id },
      variants: [{ channelId }],
    });
    await client.posts.publishNow({ workspaceId, postId: post.id, revision: post.revision });
    const line = card(page, 'Rolls at seven');
    await line.getByText('Live', { exact: true }).waitFor();
    await line.getByRole('link', { name: 'Twelve posts that people see' }).waitFor();
    await page.getByRole('button', { name: /^1 ?of 12/ }).click();
    await page.getByRole('dialog').getByText('Rolls at seven').first().waitFor();
    await close(page);
  });

  it('offers what to write next once something went out, and opens it in one press', async () => {
    const page = await openToday();
    const next = card(page, 'What comes next for “Twelve posts that people see”?').first();
    const idea = next.getByRole('listitem').first();
    const words = (await idea.textContent()) ?? '';
    expect(await findBarriers(page)).toEqual([]);
    await idea.getByRole('link').click();
    await page.waitForURL('**/posts/new?goal=*');
    await page.getByText(words, { exact: true }).waitFor();
    await page.locator('.serves-line').getByRole('link', { name: 'Twelve posts that people see' }).waitFor();
    await close(page);
  });

  it('takes in one press that something a goal needs is at hand, here and on the goal, and takes it back', async () => {
    const [first] = (await client.goals.list({ workspaceId })).items;
    if (!first) throw new Error('There is no goal.');
    const { id: goalId, revision } = first;
    const means = ['Pictures of the oven', 'A price list'].map((what) => ({ what, atHand: false }));
    await client.goals.update({ workspaceId, goalId, revision, means });
    const page = await bakery.openPage(bakery.at(`goals/${goalId}`), { width: 390, height: 844 });
    await button(page, 'I have it now: Pictures of the oven').click();
    await button(page, 'I have it now: Pictures of the oven').waitFor({ state: 'detached' });
    expect(await findBarriers(page)).toEqual([]);
    await page.goto(bakery.at('today'));
    const needs = card(page, '“Twelve posts that people see” still needs something');
    await needs.getByText('A price list').waitFor();
    await needs.getByRole('button', { name: 'I have it now' }).click();
    await needs.waitFor({ state: 'detached' });
    expect((await client.goals.get({ workspaceId, goalId })).means.every((it) => it.atHand)).toBe(true);
    await page.goto(bakery.at(`goals/${goalId}`));
    await page.getByRole('checkbox', { name: 'A price list' }).click();
    await button(page, 'I have it now: A price list').waitFor();
    await close(page);
  });
});
