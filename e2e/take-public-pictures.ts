import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import sharp from 'sharp';
import { openBrowser } from './browser.ts';
import { type EnteredCafe, enterCafe } from './enter-cafe.ts';
import { makeInstallation } from './product.ts';

/**
 * Takes the pictures of README and documents from the demo's café, light and dark:
 * `node e2e/take-public-pictures.ts [FOLDER] [--only NAME]`, into `docs/pictures` unless told otherwise. The interface
 * must have been built. Names stay, so pictures that were taken anew take the place of the old ones. Taken in a London
 * morning, the café says good morning.
 */
const words = process.argv.slice(2);
const only = words.includes('--only') ? words[words.indexOf('--only') + 1] : undefined;
const [folder = path.join(import.meta.dirname, '../docs/pictures')] = words.filter(
  (word, at) => !word.startsWith('--') && words[at - 1] !== '--only',
);

/** No picture is heavier. */
const MAX_BYTES = 150_000;

const sizes = { desktop: { width: 1280, height: 860 }, phone: { width: 390, height: 844 } } as const;

interface Scene {
  name: string;
  size: keyof typeof sizes;
  language?: 'en' | 'th';
  /** Below the workspace's address, or from `/` on. */
  at: (cafe: EnteredCafe) => Promise<string> | string;
  /** What is done before the picture is taken. */
  act?: (page: Page) => Promise<void>;
}

const scenes: readonly Scene[] = [
  { name: 'today', size: 'desktop', at: () => 'today' },
  { name: 'goals', size: 'desktop', at: () => 'goals' },
  { name: 'goal', size: 'desktop', at: findGoal },
  { name: 'evidence', size: 'desktop', at: findGoal, act: openFigure },
  { name: 'compose', size: 'desktop', at: findDraft },
  { name: 'week', size: 'desktop', at: () => 'calendar?view=week' },
  { name: 'deliveries', size: 'desktop', at: () => 'deliveries?show=done' },
  { name: 'practice', size: 'desktop', at: () => 'practice' },
  { name: 'own-page', size: 'desktop', at: findOwnPage },
  { name: 'interview', size: 'desktop', at: beginWorkspace, act: answerFirst },
  { name: 'today-phone', size: 'phone', at: () => 'today' },
  { name: 'evidence-phone', size: 'phone', at: findGoal, act: openFigure },
  { name: 'compose-phone', size: 'phone', at: findDraft },
  { name: 'today-thai-phone', size: 'phone', language: 'th', at: () => 'today' },
];

const wanted = scenes.filter(({ name }) => only === undefined || name === only);
if (wanted.length === 0)
  throw new Error(`There is no picture ${only}. Known: ${scenes.map((it) => it.name).join(', ')}`);
mkdirSync(folder, { recursive: true });
const installation = await makeInstallation();
const demo = await installation.start({ DEMO: 'yes', PRIVATE_RANGES: '' });
const browser = await openBrowser();
try {
  for (const language of ['en', 'th'] as const) {
    const here = wanted.filter((scene) => (scene.language ?? 'en') === language);
    if (here.length > 0) await takeAll(browser, await enterCafe(installation.url, language), here);
  }
} finally {
  await browser.close();
  await demo.stop();
  installation.remove();
}

async function takeAll(browser: Browser, cafe: EnteredCafe, scenes: readonly Scene[]): Promise<void> {
  for (const size of ['desktop', 'phone'] as const) {
    for (const colorScheme of ['light', 'dark'] as const) {
      const viewport = sizes[size];
      const context = await browser.newContext({
        viewport,
        colorScheme,
        reducedMotion: 'reduce',
        // Sharp on fine screens, and small enough.
        deviceScaleFactor: size === 'phone' ? 2 : 1.5,
      });
      await context.addCookies(cafe.cookies.map((cookie) => ({ ...cookie, url: installation.url })));
      for (const scene of scenes.filter((it) => it.size === size)) await take(context, cafe, scene, colorScheme);
      await context.close();
    }
  }
}

async function take(context: BrowserContext, cafe: EnteredCafe, scene: Scene, colorScheme: string): Promise<void> {
  const page = await context.newPage();
  const at = await scene.at(cafe);
  await page.goto(new URL(at.startsWith('/') ? at : `/w/${cafe.workspaceId}/${at}`, installation.url).href);
  await settle(page);
  await scene.act?.(page);
  // A phone has no room to say on every picture that it is the demo.
  if (scene.size === 'phone')
    await page.evaluate(() => window.scrollBy(0, document.querySelector('.demo-banner')?.clientHeight ?? 0));
  await settle(page);
  const bytes = await shrink(await page.screenshot());
  const file = path.join(folder, `${scene.name}-${colorScheme}.webp`);
  writeFileSync(file, bytes);
  process.stdout.write(`${file} ${Math.round(bytes.byteLength / 1000)} kB\n`);
  await page.close();
}

/** Waits until nothing waits any more: title, figures, fonts, pictures. */
async function settle(page: Page): Promise<void> {
  await page.waitForFunction(() => document.querySelector('h1') && !document.querySelector('.waiting'));
  await page.evaluate(async () => {
    await document.fonts.ready;
    await Promise.all([...document.images].map((it) => it.decode().catch(() => undefined)));
  });
  await page.waitForLoadState('load');
  await page.waitForTimeout(400);
}

/** As webp, as good as fits. */
async function shrink(png: Buffer): Promise<Buffer> {
  for (const quality of [86, 78, 70, 60, 50]) {
    const bytes = await sharp(png).webp({ quality, effort: 6, smartSubsample: true }).toBuffer();
    if (bytes.byteLength < MAX_BYTES) return bytes;
  }
  throw new Error(`A picture stays above ${MAX_BYTES} bytes.`);
}

/** The goal whose figure is made of people. */
async function findGoal({ client, workspaceId }: EnteredCafe): Promise<string> {
  const { items } = await client.goals.list({ workspaceId });
  const goal = items.find(({ metric }) => metric === 'engagement') ?? items[0];
  if (!goal) throw new Error('The café has no goal.');
  return `goals/${goal.id}`;
}

async function openFigure(page: Page): Promise<void> {
  await page.locator('.goal-figure button').first().click();
  await page.getByRole('dialog').waitFor();
}

async function findDraft({ client, workspaceId }: EnteredCafe): Promise<string> {
  const { items } = await client.posts.list({ workspaceId, state: 'draft' });
  const draft = items.toSorted((a, b) => b.variants.length - a.variants.length)[0];
  if (!draft) throw new Error('The café has no draft.');
  return `posts/${draft.id}`;
}

async function findOwnPage({ client, workspaceId }: EnteredCafe): Promise<string> {
  const own = await client.page.get({ workspaceId });
  return `/p/${own.address}`;
}

/** Where somebody begins who has nothing yet. */
async function beginWorkspace({ client }: EnteredCafe): Promise<string> {
  const { id } = await client.workspaces.create({ name: 'Corner Bakery', language: 'en', zone: 'Europe/London' });
  return `/w/${id}/begin`;
}

async function answerFirst(page: Page): Promise<void> {
  await page.getByLabel('Kind of business').selectOption({ index: 1 });
  await page.getByLabel('In your own words').fill('Bread and cakes from our own oven, coffee at six tables.');
  await page.getByLabel('Place', { exact: true }).fill('Mill Lane, by the old market');
}
