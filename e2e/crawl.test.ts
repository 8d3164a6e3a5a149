import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Language } from '#contract/terms.ts';
import { openBrowser } from './browser.ts';
import { listCafeScreens, listOutsideScreens, type Screen } from './cafe-screens.ts';
import { type Crawl, crawlScreen, openScreen, settle } from './crawl/crawl-screen.ts';
import { fillIn } from './crawl/fill-in.ts';
import { type InPage, installInPage } from './crawl/in-page.ts';
import { judgeLooks } from './crawl/judge-looks.ts';
import { readDictionary } from './crawl/read-dictionary.ts';
import { type Expected, watchPage } from './crawl/watch-page.ts';
import { type EnteredCafe, enterCafe } from './enter-cafe.ts';
import { type Installation, makeInstallation, type Product, signUpOwner } from './product.ts';

/**
 * Every control of every screen in the demo's café, pressed once. A share of it runs each time: some screens, in one
 * language and width, where links that say and lead the same are followed once. `CRAWL=screens` goes through all screens
 * like that; `CRAWL=all` through both languages and widths, and follows every link of every screen; `CRAWL_SCREENS` names,
 * by a pattern, the screens to go through.
 */
const isWhole = process.env['CRAWL'] === 'all';
const named = process.env['CRAWL_SCREENS'] ?? (process.env['CRAWL'] ? '' : null);
const wanted = new RegExp(named ?? '^(today|interview: wish|new post|draft|no invitation)$');
/** Axe takes its time: of the share it sees less. `screens.test.ts` has it look at each screen in other data. */
const judged = new RegExp(named ?? '^(today|draft)$');
const looks: { language: Language; width: number }[] = isWhole
  ? [
      { language: 'th', width: 1280 },
      { language: 'en', width: 390 },
      { language: 'th', width: 390 },
      { language: 'en', width: 1280 },
    ]
  : [{ language: 'th', width: 1280 }];
const PATIENCE_MS = named === null ? 900_000 : 3_600_000;

/** Refused by right: what was typed by chance cannot be accepted, and the screen says why. */
const expected: Expected[] = [
  // Nobody has these accounts, and a demo calls no network.
  { path: /\/channels\/[^/]+\/connect$/, status: 422 },
  { path: /\/channels\/[^/]+\/connect$/, status: 502 },
  // A target below where one stands.
  { path: /\/goals$/, status: 400 },
  // A deleted draft's screen may hear of it before it is left.
  { path: /\/posts\/[^/]+$/, status: 404 },
  // A workspace keeps an owner.
  { path: /\/members\/[^/]+$/, status: 409 },
  // The owner of the workspace belongs to it already.
  { path: /\/invitations\/accept$/, status: 409 },
  // A password that nobody has, a link that nobody was sent.
  { path: /\/api\/auth\//, status: 401 },
  { path: /\/api\/auth\//, status: 400 },
  { path: /\/api\/auth\//, status: 403 },
  { path: /\/api\/me$/, status: 401 },
];

let installation: Installation;
let product: Product;
let browser: Browser;
let inside: Screen[] = [];

beforeAll(async () => {
  installation = await makeInstallation();
  product = await installation.start({ DEMO: 'yes', PRIVATE_RANGES: '' });
  browser = await openBrowser();
});
afterAll(async () => {
  await browser?.close();
  await product?.stop();
  installation?.remove();
});

/** Somebody who goes through the café, or stands outside of it. */
async function arrive(language: Language, width: number, cafe: EnteredCafe | null): Promise<Crawl> {
  const context = await browser.newContext({
    viewport: { width, height: width < 600 ? 844 : 900 },
    reducedMotion: 'reduce',
    locale: language,
  });
  await context.grantPermissions(['clipboard-write'], { origin: installation.url });
  if (cafe) await context.addCookies(cafe.cookies.map((it) => ({ ...it, url: installation.url })));
  await context.addInitScript(installInPage, readDictionary(language));
  const page = await context.newPage();
  const watch = watchPage(page, expected);
  const restore = async () => {
    // Whoever tried another language goes on in their own.
    const spoken = await page.evaluate(() => document.documentElement.lang).catch(() => language);
    if (spoken === language || !page.url().startsWith('http://localhost:')) return false;
    await cafe?.client.me.update({ language });
    await page.evaluate(() => localStorage.removeItem('goalpost.language'));
    await page.reload();
    return true;
  };
  const isLeft = ({ key }: { key: string }) => /app\.signOut|invitation\.anotherAccount/.test(key) && cafe !== null;
  return {
    page,
    watch,
    restore,
    isLeft,
    isBrief: !isWhole,
    everywhere: new Set(),
    told: new Set(),
    found: [],
    pressed: 0,
  };
}

/** Undoes what whoever went through the café before has left: posts that are paused, a network that throws channels out. */
async function setRight({ client, workspaceId }: EnteredCafe): Promise<void> {
  const { items } = await client.publishing.holds({ workspaceId });
  for (const { id: holdId } of items) await client.publishing.lift({ workspaceId, holdId });
  await client.practice.behave({ workspaceId });
}

describe.for(looks)('the café in $language at $width px', { timeout: PATIENCE_MS }, ({ language, width }) => {
  let cafe: EnteredCafe;
  let screens: Screen[];
  beforeAll(async () => {
    cafe = await enterCafe(installation.url, language);
    await setRight(cafe);
    screens = await listCafeScreens(installation.url, cafe.client, cafe.workspaceId);
    inside = screens;
  }, PATIENCE_MS);

  it('loses nothing that was written when a screen is left half-done', async () => {
    const kept = [
      'interview',
      'interview: buyers',
      'interview: proposal',
      'new goal',
      'edit goal',
      'objectives',
      'enter a channel',
      'known channel',
      'new post',
      'draft',
    ];
    const crawl = await arrive(language, width, cafe);
    const lost: string[] = [];
    for (const screen of screens.filter(({ name }) => kept.includes(name) && wanted.test(name))) {
      await openScreen(crawl, screen);
      const written = await writeAll(crawl.page);
      await settle(crawl);
      await crawl.page.reload();
      await settle(crawl);
      const after = await crawl.page.evaluate(() => (globalThis as unknown as { inPage: InPage }).inPage.values());
      expect(Object.keys(written).length, screen.name).toBeGreaterThan(0);
      for (const [name, value] of Object.entries(written))
        if (after[name] !== value) lost.push(`${screen.name}: “${name}” was “${value}”, is “${after[name]}”`);
    }
    await crawl.page.context().close();
    expect(lost).toEqual([]);
  });

  it('has no barrier axe can find, light and dark, wide and narrow, nor has what opens over it', async () => {
    const crawl = await arrive(language, width, cafe);
    const found: string[] = [];
    const seen = new Set<string>();
    for (const screen of screens.filter(({ name }) => judged.test(name))) {
      await openScreen(crawl, screen);
      const flaws = (await judgeLooks(crawl, seen)).map((it) => `${screen.name}, ${it}`);
      for (const line of flaws) process.stdout.write(`  ${line}\n`);
      found.push(...flaws);
    }
    process.stdout.write(`${seen.size} things opened\n`);
    // At least the menus of the frame, the way to write, and what the lines of lists open.
    expect(seen.size).toBeGreaterThan(named === '' ? 20 : 3);
    await crawl.page.context().close();
    expect(found).toEqual([]);
  });

  it('has no control without effect, no error, and no text untranslated', async () => {
    const crawl = await arrive(language, width, cafe);
    await crawlAll(crawl, screens);
    await crawl.page.context().close();
    expect(crawl.found).toEqual([]);
  });

  it('lets one out at the end', async () => {
    const { page } = await arrive(language, width, cafe);
    await page.goto(`${installation.url}/w/${cafe.workspaceId}/account`);
    await page.locator('h1').waitFor();
    if (width < 600) await page.locator('.bottom-bar button').click();
    else await page.locator('.rail-foot [aria-haspopup=menu]').click();
    await page.locator('dialog[open] .rail-room, [role=menuitem]').locator('visible=true').last().click();
    await page.waitForURL(`${installation.url}/demo`);
    await expect(cafe.client.me.get()).rejects.toMatchObject({ code: 'signed-out' });
    await page.context().close();
  });
});

/** Goes through screens, and says how long each took. */
async function crawlAll(crawl: Crawl, screens: Screen[]): Promise<void> {
  for (const screen of screens.filter(({ name }) => wanted.test(name))) {
    const startedAt = performance.now();
    const before = { pressed: crawl.pressed, found: crawl.found.length };
    await crawlScreen(crawl, screen);
    const tookMs = Math.round(performance.now() - startedAt);
    process.stdout.write(`${screen.name}: ${crawl.pressed - before.pressed} pressed in ${tookMs} ms\n`);
    // At once, for whoever waits for the rest.
    for (const line of crawl.found.slice(before.found)) process.stdout.write(`  ${line}\n`);
  }
  process.stdout.write(`${crawl.pressed} controls pressed\n`);
}

describe.for(looks)('before the door, in $language at $width px', { timeout: PATIENCE_MS }, ({ language, width }) => {
  let ordinary: Installation;
  let running: Product;
  let screens: Screen[];
  beforeAll(async () => {
    ordinary = await makeInstallation();
    running = await ordinary.start();
    const client = await signUpOwner(ordinary.url);
    const { id } = await client.workspaces.create({ name: 'ร้านขนมปัง', language: 'th', zone: 'Asia/Bangkok' });
    screens = await listOutsideScreens(ordinary.url, client, id);
  });
  afterAll(async () => {
    await running?.stop();
    ordinary?.remove();
  });

  it('has no control without effect, no error, and no text untranslated', async () => {
    const crawl = await arrive(language, width, null);
    await crawlAll(crawl, screens);
    await crawl.page.context().close();
    expect(crawl.found).toEqual([]);
  });

  it('is, with the café, a screen for every route', () => {
    const router = readFileSync(path.join(import.meta.dirname, '../src/web/app/router.tsx'), 'utf8');
    const routes = [...router.matchAll(/getParentRoute: (?:\(\) => )?(\w+),\s+path: '([^']+)'/g)]
      .map(([, parent = '', at = '']) => (parent === 'root' ? at : `/w/$workspaceId${at}`))
      // They lead on by themselves.
      .filter((it) => !['/', '/w/$workspaceId', '/w/$workspaceId/'].includes(it));
    expect(routes.length).toBeGreaterThan(25);
    const known = new Set([...inside, ...screens].map(({ route }) => route));
    expect(routes.filter((it) => !known.has(it))).toEqual([]);
  });
});

/** Writes something into every field that stands there, and says what stands in them then. */
async function writeAll(page: Page): Promise<Record<string, string>> {
  const fields = await page
    .locator(
      'main :is(input:not([type]), input[type=text], input[type=number], input[type=date], textarea):not([role=combobox]):not([readonly]):enabled',
    )
    .all();
  for (const field of fields) {
    const handle = await field.elementHandle();
    if (!handle || !(await handle.isVisible())) continue;
    await handle.fill(await fillIn(handle as Parameters<typeof fillIn>[0]));
  }
  return page.evaluate(() => (globalThis as unknown as { inPage: InPage }).inPage.values());
}

describe('the crawl itself', () => {
  const tell = async (body: string) => {
    const crawl = await arrive('th', 1280, null);
    const address = `${installation.url}/crawl-proof`;
    const contentType = 'text/html; charset=utf-8';
    await crawl.page.route(address, (route) =>
      route.fulfill({ contentType, body: `<html lang="th"><h1>ทดสอบ</h1><main>${body}</main>` }),
    );
    await crawlScreen(crawl, { name: 'proof', route: '', open: () => Promise.resolve(address) });
    await crawl.page.context().close();
    return crawl.found;
  };

  it('tells a dead button from one that does something', async () => {
    expect(await tell('<button>ตาย</button><button onclick="this.after(1)">เป็น</button>')).toEqual([
      'proof: button “ตาย”: without effect',
    ]);
  });

  it('finds a dead control inside of what another one opens', async () => {
    const dialog = '<dialog id="d"><button>ข้างใน</button></dialog>';
    expect(await tell(`<button onclick="d.showModal()">เปิด</button>${dialog}`)).toEqual([
      'proof: button “ข้างใน”: without effect',
    ]);
  });

  it('hears an error, a refusal and a rejection, and sees a key and an English sentence', async () => {
    const found = await tell(
      `<p>goals.form.title</p><p>Nothing needs you now.</p><button onclick="this.after(1);fetch('/api/nothing-here').then((it)=>it.text())">ขอ</button>` +
        `<button onclick="this.after(1);Promise.reject(new Error('oh'))">พัง</button>`,
    );
    expect(found).toEqual([
      'proof: text: the key “goals.form.title”',
      'proof: text: untranslated “Nothing needs you now.”',
      'proof: button “ขอ”: 404 from GET /api/nothing-here',
      'proof: button “พัง”: not caught: oh',
    ]);
  });
});
