import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBrowser } from './browser.ts';
import { enterCafe } from './enter-cafe.ts';
import { findBarriers } from './find-barriers.ts';
import { findProcessesOf } from './processes.ts';
import {
  type Client,
  type Installation,
  makeInstallation,
  openClient,
  type Product,
  signUpOwner,
  until,
} from './product.ts';

/** Twice what it takes on two cores that have nothing else to do. */
const MAKING_MS = 60_000;
/** What a browser that shares the machine with other tests may wait. */
const PATIENCE_MS = 100_000;

let installation: Installation;
let product: Product | null = null;
let browser: Browser;
let realBefore: Map<string, string>;

beforeAll(async () => {
  installation = await makeInstallation();
  // Somebody's real data lies where the demo is started.
  const real = await installation.start();
  const client = await signUpOwner(installation.url);
  await client.workspaces.create({ name: 'The real bakery', language: 'en', zone: 'Asia/Bangkok' });
  await real.stop();
  realBefore = hashFiles(installation.dataDir);
  product = await startDemo();
  browser = await openBrowser();
});
afterAll(async () => {
  await browser?.close();
  await product?.stop();
  installation?.remove();
});

const startDemo = () => installation.start({ DEMO: 'yes', PRIVATE_RANGES: '' });

/** Every file below a folder by what is in it, without the demo's. */
function hashFiles(folder: string): Map<string, string> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((it) => it.isFile());
  const names = files.map((it) => path.join(it.parentPath, it.name));
  const others = names.filter((it) => !it.startsWith(path.join(folder, 'demo')));
  return new Map(others.map((it) => [it, createHash('sha256').update(readFileSync(it)).digest('hex')]));
}

/** A reader with a language, before the doorway. */
async function arrive(locale: string, look: { width: number; height: number; colorScheme: 'light' | 'dark' }) {
  const context = await browser.newContext({
    viewport: look,
    colorScheme: look.colorScheme,
    locale,
    reducedMotion: 'reduce',
  });
  context.setDefaultTimeout(PATIENCE_MS);
  const page = await context.newPage();
  await page.goto(installation.url);
  return { context, page };
}

/** Presses the doorway's first button and waits until the café's first screen is there. */
async function goIn(page: Page): Promise<string> {
  await page.locator('form[action="/demo/open"] button').click();
  return awaitInside(page);
}

async function awaitInside(page: Page): Promise<string> {
  await page.waitForURL(/\/w\/[0-9a-f-]{36}/, { timeout: 2 * PATIENCE_MS });
  await page.waitForFunction(() => document.querySelector('h1') && !document.querySelector('.waiting'));
  return /\/w\/([0-9a-f-]{36})/.exec(page.url())?.[1] ?? '';
}

/** The typed client of whoever is signed in in a browser. */
async function clientOf(context: BrowserContext): Promise<Client> {
  const cookies = await context.cookies(installation.url);
  const words = cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
  const [name = '', ...value] = words.split('=');
  return openClient(installation.url, { name, value: value.join('=') });
}

const isTooWide = (page: Page) => page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth + 1);

const desktop = { width: 1280, height: 900, colorScheme: 'light' } as const;
const phone = { width: 390, height: 844, colorScheme: 'dark' } as const;

describe('the demo', { timeout: PATIENCE_MS * 4 }, () => {
  let english: Awaited<ReturnType<typeof arrive>>;
  let workspaceId = '';

  it('opens a café with three months of history in the reader’s language, with honest progress', async () => {
    english = await arrive('en-GB', desktop);
    const { page, context } = english;
    expect(await page.title()).toBe('A small café, three months in');
    expect(await findBarriers(page)).toEqual([]);
    const startedAt = performance.now();
    await page.locator('form[action="/demo/open"] button').click({ noWaitAfter: true });
    await page.locator('.steps progress:visible').waitFor();
    expect(await page.locator('main').textContent()).not.toContain('<');
    workspaceId = await awaitInside(page);
    expect(performance.now() - startedAt).toBeLessThan(2 * MAKING_MS);
    await page.getByText('nothing here reaches the real world').waitFor();

    const client = await clientOf(context);
    const goals = (await client.goals.list({ workspaceId })).items;
    const statuses = await Promise.all(
      goals.map(async ({ id: goalId }) => (await client.analytics.progress({ workspaceId, goalId })).status),
    );
    expect(statuses.toSorted()).toEqual(['at-risk', 'not-enough-data', 'on-track', 'on-track', 'reached']);
    const ledger = await listAll((cursor) => client.deliveries.list({ workspaceId, limit: 200, ...cursor }));
    const live = ledger.filter(({ state }) => state === 'published');
    expect(live.length).toBeGreaterThan(120);
    const first = live.map(({ publishedAt }) => Date.parse(publishedAt ?? '')).toSorted((a, b) => a - b)[0] ?? 0;
    expect((Date.now() - first) / 86_400_000).toBeGreaterThan(88);
    expect(new Set(ledger.map(({ state }) => state))).toEqual(new Set(['published', 'failed', 'scheduled']));
    expect(live.some(({ removedAt }) => removedAt !== null)).toBe(true);
    const drafts = (await client.posts.list({ workspaceId, state: 'draft' })).items;
    expect(drafts.length).toBe(3);
    // Everything was lived through: what was unsure, held, lost and corrected stands in the audit log.
    for (const action of [
      'delivery.unconfirmed',
      'delivery.held',
      'publishing.hold',
      'channel.broken',
      'deliveries.correct',
    ])
      expect((await client.audit.list({ workspaceId, action })).items.length, action).toBeGreaterThan(0);
    expect((await client.audit.verify({ workspaceId })).whole).toBe(true);
    // The clock is the real one again.
    const health = await client.publishing.health({ workspaceId });
    expect(Math.abs(Date.parse(health.checkedAt) - Date.now())).toBeLessThan(60_000);
  });

  it('has the practice network lose an answer, and shows that nothing went out twice', async () => {
    const { page, context } = english;
    await page.getByRole('link', { name: 'Practice network' }).click();
    await page.getByRole('heading', { level: 1, name: 'Practice network' }).waitFor();
    expect(await findBarriers(page)).toEqual([]);
    await page.getByRole('button', { name: 'Make it so The answer gets lost' }).click();
    await page.getByText('Will go wrong at the next post').waitFor();
    await page.getByRole('button', { name: 'Post something now' }).click();
    const ours = page.locator('#practice-ours .delivery').first();
    // By its link: while nobody knows how it ended, its words stand there a second time.
    await ours.getByRole('link', { name: 'A try at' }).waitFor();
    await ours.getByText('Live', { exact: true }).waitFor();
    const standing = await (await clientOf(context)).practice.get({ workspaceId });
    const tries = standing.accepted.filter(({ text }) => text.startsWith('A try at'));
    expect(tries.map(({ act }) => act)).toEqual(['create']);
    expect(standing.orders).toEqual([]);
    // What stands there for the eye: figures say the post's first words to the ear as well.
    const told = page.locator('.two-ledgers :not(.unseen):not(:has(*))', { hasText: 'A try at' });
    await expect.poll(() => told.count()).toBe(2);
  });

  it('has it throw a channel out, holds the post, and sends it when it behaves again', async () => {
    const { page } = english;
    await page.getByRole('button', { name: 'Make it so Throws us out' }).click();
    await page.getByRole('button', { name: 'Post something now' }).click();
    await page.getByText('Does not take our sign-in any more').waitFor();
    await page.locator('#practice-ours .delivery').first().getByText('Held back', { exact: true }).waitFor();
    // One that is only in the register, under a name that nobody there has, is no reason to keep the others waiting.
    const client = await clientOf(english.context);
    const gone = { workspaceId, network: 'practice', name: 'Gone', handle: 'nobody-here' };
    const { id: channelId } = await client.channels.create(gone);
    await client.practice.misbehave({ workspaceId, channelId, misbehaviour: 'credential-revoked' });
    await page.getByRole('button', { name: 'Behave again' }).click();
    await page.getByText('The network behaves again.').waitFor();
    await page.locator('#practice-ours .delivery').first().getByText('Live', { exact: true }).waitFor();
    await client.channels.archive({ workspaceId, channelId });
  });

  it('reaches nothing beyond this machine', async () => {
    const { client } = await enterCafe(installation.url, 'en');
    const { id: channelId } = await client.channels.create({ workspaceId, network: 'bluesky', name: 'Real' });
    // An address, so that no name needs to be looked up to be refused.
    const values = { server: 'http://1.1.1.1', identifier: 'someone.example', password: 'abcd-efgh-ijkl-mnop' };
    const connecting = client.channels.connect({ workspaceId, channelId, values });
    await expect(connecting).rejects.toMatchObject({ code: 'connect-refused' });
    await client.channels.archive({ workspaceId, channelId });
  });

  it('is found as it was left, in the language that is chosen', async () => {
    const client = await clientOf(english.context);
    await client.objectives.create({ workspaceId, title: 'Left behind' });
    await product?.stop();
    product = await startDemo();
    await english.page.goto(`${installation.url}/w/${workspaceId}/objectives`);
    await english.page.getByText('Left behind', { exact: true }).waitFor();
    const { page, context } = await arrive('th-TH', phone);
    await page.getByRole('button', { name: 'เปิดคาเฟ่' }).waitFor();
    expect(await findBarriers(page)).toEqual([]);
    expect(await isTooWide(page)).toBe(false);
    await context.close();
  });

  it('is made anew when that is asked for, leaves no process behind when it is killed meanwhile, and is made whole at the next start', async () => {
    const { page, context } = english;
    await page.goto(`${installation.url}/demo`);
    await page.getByRole('button', { name: 'Begin anew' }).click({ noWaitAfter: true });
    await page
      .locator('.steps progress[value="30"], .steps progress[value="31"], .steps progress[value="32"]')
      .first()
      .waitFor({ state: 'attached' });
    await product?.kill();
    await until(
      async () => findProcessesOf(installation.dataDir),
      (pids) => pids.length === 0,
      30_000,
    );
    product = await startDemo();
    await page.goto(installation.url);
    const fresh = await goIn(page);
    await page.getByText('nothing here reaches the real world').waitFor();
    expect(fresh).not.toBe(workspaceId);
    const { items } = await (await clientOf(context)).objectives.list({ workspaceId: fresh });
    expect(items.map(({ title }) => title)).not.toContain('Left behind');
    expect(items.length).toBe(3);
    await page.setViewportSize(phone);
    for (const room of ['goals', 'calendar', 'deliveries', 'channels', 'practice']) {
      await page.goto(`${installation.url}/w/${fresh}/${room}`);
      await page.waitForFunction(() => document.querySelector('h1') && !document.querySelector('.waiting'));
      expect((await findBarriers(page)).map((it) => `${room}: ${it}`)).toEqual([]);
      expect(await isTooWide(page), room).toBe(false);
    }
    await context.close();
  });

  it('leaves real data as it was, byte for byte', async () => {
    await product?.stop();
    product = null;
    expect(findProcessesOf(installation.dataDir)).toEqual([]);
    expect(hashFiles(installation.dataDir)).toEqual(realBefore);
    const real = await installation.start();
    const answer = await fetch(`${installation.url}/demo`, { redirect: 'manual', headers: { accept: 'text/html' } });
    expect(await answer.text()).not.toContain('/demo/open');
    await real.stop();
  });
});

async function listAll<T>(
  ask: (cursor: { cursor?: string }) => Promise<{ items: T[]; next?: string | undefined }>,
): Promise<T[]> {
  const all: T[] = [];
  for (let cursor: string | undefined; ; ) {
    const { items, next } = await ask(cursor === undefined ? {} : { cursor });
    all.push(...items);
    if (next === undefined) return all;
    cursor = next;
  }
}
