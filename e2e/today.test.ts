import axe from 'axe-core';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBrowser } from './browser.ts';
import { type Client, type Installation, makeInstallation, type Product, signUpOwnerIn } from './product.ts';

let installation: Installation;
let product: Product;
let browser: Browser;
let client: Client;
let cookie: { name: string; value: string };
let workspaceId: string;
let channelId: string;

beforeAll(async () => {
  installation = await makeInstallation();
  product = await installation.start();
  browser = await openBrowser();
  const signedUp = await signUpOwnerIn(installation.url);
  client = signedUp.client;
  cookie = signedUp.cookie;
  workspaceId = (await client.workspaces.create({ name: 'Mali’s Bakery', language: 'en', zone: 'UTC' })).id;
});
afterAll(async () => {
  await browser?.close();
  await product?.stop();
  installation?.remove();
});

async function openPage(
  look: { width: number; height: number; colorScheme?: 'light' | 'dark' },
  path: string,
): Promise<{ context: BrowserContext; page: Page }> {
  const { colorScheme = 'light', ...viewport } = look;
  const context = await browser.newContext({ viewport, colorScheme });
  await context.addCookies([{ ...cookie, url: installation.url }]);
  const page = await context.newPage();
  await page.goto(`${installation.url}${path}`);
  return { context, page };
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

const desk = { width: 1280, height: 900 };
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
    const { context, page } = await openPage({ width: 390, height: 844, colorScheme: 'dark' }, '/');
    await page.waitForURL(`**/w/${workspaceId}/today`);
    await page.getByRole('heading', { name: 'Let’s begin with what you want' }).waitFor();
    const begin = page.getByRole('link', { name: 'Answer five questions' });
    expect(await begin.getAttribute('href')).toBe(`/w/${workspaceId}/begin`);
    expect(await page.title()).toBe('Today · Goalpost');
    expect(await findBarriers(page)).toEqual([]);
    await context.close();
  });

  it('takes a yes to a proposed goal by one press, then says what it lacks', async () => {
    await finishInterview();
    const { context, page } = await openPage(desk, `/w/${workspaceId}/today`);
    await card(page, 'Look at the number of “Twelve posts that people see”: is it yours?').waitFor();
    expect(await findBarriers(page)).toEqual([]);
    await button(page, 'Yes, it is my goal').click();
    await page.getByText('It is your goal now.').waitFor();
    await card(page, 'Nothing for “Twelve posts that people see” goes out in the next 7 days').waitFor();
    const [goal] = (await client.goals.list({ workspaceId })).items;
    expect(goal?.yours).toBe(true);
    await context.close();
  });

  it('sets aside what is not for today, and brings it back', async () => {
    const { context, page } = await openPage(desk, `/w/${workspaceId}/today`);
    const title = 'Nothing for “Twelve posts that people see” goes out in the next 7 days';
    await button(page, `Not now: ${title}`).click();
    await page.getByText('Nothing needs you now.').waitFor();
    await button(page, 'Undo').click();
    await card(page, title).waitFor();
    await context.close();
  });

  it('leads to writing with the goal chosen', async () => {
    const [goal] = (await client.goals.list({ workspaceId })).items;
    const { context, page } = await openPage(desk, `/w/${workspaceId}/today`);
    await page.getByRole('link', { name: /^Write a post: Nothing for/ }).click();
    await page.waitForURL(`**/posts/new?goal=${goal?.id}`);
    await context.close();
  });

  it('shows by itself what goes out today, and opens the figure down to the post it came from', async () => {
    const { context, page } = await openPage(desk, `/w/${workspaceId}/today`);
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
    await context.close();
  });

  it('offers what to write next once something went out, and opens it in one press', async () => {
    const { context, page } = await openPage(desk, `/w/${workspaceId}/today`);
    const next = card(page, 'What comes next for “Twelve posts that people see”?').first();
    const idea = next.getByRole('listitem').first();
    const words = (await idea.textContent()) ?? '';
    expect(await findBarriers(page)).toEqual([]);
    await idea.getByRole('link').click();
    await page.waitForURL('**/posts/new?goal=*');
    await page.getByText(words, { exact: true }).waitFor();
    await page.locator('.serves-line').getByRole('link', { name: 'Twelve posts that people see' }).waitFor();
    await context.close();
  });

  it('takes in one press that something a goal needs is at hand, here and on the goal, and takes it back', async () => {
    const [first] = (await client.goals.list({ workspaceId })).items;
    if (!first) throw new Error('There is no goal.');
    const { id: goalId, revision } = first;
    const means = ['Pictures of the oven', 'A price list'].map((what) => ({ what, atHand: false }));
    await client.goals.update({ workspaceId, goalId, revision, means });
    const { context, page } = await openPage({ width: 390, height: 844 }, `/w/${workspaceId}/goals/${goalId}`);
    await button(page, 'I have it now: Pictures of the oven').click();
    await button(page, 'I have it now: Pictures of the oven').waitFor({ state: 'detached' });
    expect(await findBarriers(page)).toEqual([]);
    await page.goto(`${installation.url}/w/${workspaceId}/today`);
    const needs = card(page, '“Twelve posts that people see” still needs something');
    await needs.getByText('A price list').waitFor();
    await needs.getByRole('button', { name: 'I have it now' }).click();
    await needs.waitFor({ state: 'detached' });
    expect((await client.goals.get({ workspaceId, goalId })).means.every((it) => it.atHand)).toBe(true);
    await page.goto(`${installation.url}/w/${workspaceId}/goals/${goalId}`);
    await page.getByRole('checkbox', { name: 'A price list' }).click();
    await button(page, 'I have it now: A price list').waitFor();
    await context.close();
  });
});
