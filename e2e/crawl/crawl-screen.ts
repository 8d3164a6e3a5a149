import type { ElementHandle, JSHandle, Page } from 'playwright-core';
import type { Screen } from '../cafe-screens.ts';
import { fillIn } from './fill-in.ts';
import type { Control, InPage, Standing } from './in-page.ts';
import type { Watch } from './watch-page.ts';

/** What a crawl carries from screen to screen. */
export interface Crawl {
  page: Page;
  watch: Watch;
  /** Follows a link that leads to the same place by the same words only once, not once on each screen. */
  isBrief: boolean;
  /** What was pressed on some screen and need not be on another: the frame, and in a brief crawl links. */
  everywhere: Set<string>;
  /** Everything wrong so far. */
  found: string[];
  /** Flaws of words that were told at the first place they stood. */
  told: Set<string>;
  /** How many controls were pressed. */
  pressed: number;
  /** What would end the visit; pressed elsewhere. */
  isLeft: (control: Control) => boolean;
  /** Puts back what holds for the whole crawl, when a control changed it. */
  restore: () => Promise<boolean>;
}

/** How long a control may take to show that it did something. */
const ANSWER_MS = 1500;
const SETTLE_MS = 15_000;
/** Nothing moves for so long: it stands still. */
const QUIET_MS = 50;

/** Opens a screen afresh and presses each of its controls once, what they open included. */
export async function crawlScreen(crawl: Crawl, screen: Screen): Promise<void> {
  const { page } = crawl;
  const pressed = new Set<string>();
  let home = await openScreen(crawl, screen);
  await judge(crawl, screen.name);
  const seen = new Set<string>();
  const covered = new Set<string>();
  // A second and third time for what another control had used up.
  for (let round = 0, before = -1; round < 4 && pressed.size > before && (round === 0 || seen.size > 0); round++) {
    before = pressed.size;
    if (round > 0) home = await openScreen(crawl, screen);
    for (;;) {
      const control = await pickNext(crawl, pressed, seen);
      if (!control) {
        if (!(await leaveLayer(crawl))) break;
        continue;
      }
      pressed.add(control.key);
      seen.delete(control.key);
      if (control.isFrame || (crawl.isBrief && control.href !== '')) crawl.everywhere.add(control.key);
      const isCovered = await pressOne(crawl, screen, control);
      // What opened late lay over it: it comes again when that is closed.
      if (isCovered && !covered.has(control.key)) pressed.delete(control.key);
      if (isCovered) covered.add(control.key);
      await takeBack(crawl, screen);
      if (!isSameScreen(page.url(), home)) home = await comeBack(crawl, screen, home);
    }
  }
}

/** Goes to a screen's address as somebody who comes new and waits until it stands. */
export async function openScreen(crawl: Crawl, screen: Screen): Promise<string> {
  const address = await screen.open();
  // The same address again would only move to the mark in it.
  if (new URL(address).pathname === pathOf(crawl.page)) await crawl.page.goto('about:blank');
  await crawl.page.goto(address);
  await settle(crawl);
  return crawl.page.url();
}

const pathOf = (page: Page): string => (URL.canParse(page.url()) ? new URL(page.url()).pathname : '');

const inPage = <T>(page: Page, ask: (it: InPage) => T): Promise<T> =>
  page.evaluate(`(${ask.toString()})(globalThis.inPage)`) as Promise<T>;

/** Waits until nothing is awaited and nothing moves. */
export async function settle({ page, watch }: Crawl): Promise<boolean> {
  const until = performance.now() + SETTLE_MS;
  while (performance.now() < until) {
    const quiet = await inPage(page, (it) => it.quietMs()).catch(() => 0);
    if (quiet > QUIET_MS && watch.awaited() === 0) return true;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return false;
}

async function pickNext(crawl: Crawl, pressed: ReadonlySet<string>, seen: Set<string>): Promise<Control | undefined> {
  const controls = await inPage(crawl.page, (it) => it.list());
  const { href } = new URL(crawl.page.url());
  const open = controls.filter(
    (it) => !pressed.has(it.key) && !crawl.everywhere.has(it.key) && it.href !== href && !crawl.isLeft(it),
  );
  for (const { key, isFrame } of open) if (!isFrame) seen.add(key);
  // What changes the least comes first: a form is filled in before it is sent, a link left for the end.
  const rank = ({ kind, href: to }: Control) => (to !== '' ? 2 : kind === 'press' ? 1 : 0);
  return open.toSorted((a, b) => rank(a) - rank(b) || a.at - b.at)[0];
}

/** Presses it and notes what is wrong with what comes of it; true when something else lay over it. */
async function pressOne(crawl: Crawl, screen: Screen, control: Control): Promise<boolean> {
  const where = `${screen.name}: ${control.role} “${control.name}”`;
  const handle: JSHandle<unknown> = await crawl.page.evaluateHandle(`globalThis.inPage.take(${control.at})`);
  const element = handle.asElement() as ElementHandle<Element> | null;
  if (!element) return false;
  crawl.pressed += 1;
  // What came late from the control before.
  crawl.found.push(...crawl.watch.takeWrongs().map((it) => `${screen.name}: ${it}`));
  const before = await inPage(crawl.page, (it) => it.stand());
  const had = await readState(element);
  try {
    await act(control, element);
  } catch (error) {
    if (!control.isOver && (await isOver(crawl.page))) return true;
    if (await element.isVisible().catch(() => false))
      crawl.found.push(`${where}: cannot be pressed: ${tellWhy(error)}`);
    return false;
  }
  if (!(await answers(crawl, element, before, had))) crawl.found.push(`${where}: without effect`);
  if (!(await settle(crawl))) crawl.found.push(`${where}: the screen does not come to rest`);
  await judge(crawl, where);
  return false;
}

async function act(control: Control, element: ElementHandle<Element>): Promise<void> {
  const patience = { timeout: 3000 };
  const field = element as ElementHandle<HTMLInputElement>;
  if (control.kind === 'select') {
    const next = await field.evaluate((it) => {
      const select = it as unknown as HTMLSelectElement;
      const others = [...select.options].filter((each) => !each.disabled && each.index !== select.selectedIndex);
      return others[0]?.value;
    });
    if (next !== undefined) await field.selectOption(next, patience);
  } else if (control.role === 'combobox') {
    await field.click(patience);
    for (const key of ['ArrowDown', 'ArrowDown', 'Enter']) await field.press(key, patience);
  } else if (control.kind === 'fill') {
    await field.fill(await fillIn(field), patience);
  } else if (control.kind === 'file') {
    await field.setInputFiles({ name: 'bread.png', mimeType: 'image/png', buffer: picture }, patience);
  } else if (control.kind === 'toggle') {
    // What a finger meets: the box, or the label where the box itself is drawn by other means.
    const label = await field.evaluateHandle((it) => {
      it.scrollIntoView({ block: 'center' });
      const { x, y, width, height } = it.getBoundingClientRect();
      return document.elementFromPoint(x + width / 2, y + height / 2) === it ? it : (it.labels?.[0] ?? it);
    });
    await (label as ElementHandle<HTMLElement>).click(patience);
  } else if (await field.evaluate((it) => it.matches('.skip-link'))) {
    // Shown only while the keyboard is on it.
    await field.press('Enter', patience);
  } else {
    await element.click(patience);
  }
}

/** The line of a failed press that says what was in the way. */
const tellWhy = (error: unknown): string => {
  const lines = String(error).split('\n');
  return (lines.find((it) => /intercepts|outside of|not stable|not enabled/.test(it)) ?? lines[0] ?? '')
    .trim()
    .slice(0, 200);
};

/** Whether anything can be noticed: another address, another look, the focus elsewhere, a request, a file, a page. */
async function answers(crawl: Crawl, element: ElementHandle<Element>, before: Standing, had: string): Promise<boolean> {
  const until = performance.now() + ANSWER_MS;
  do {
    if (crawl.watch.acts() > 0) return true;
    const now = await inPage(crawl.page, (it) => it.stand()).catch(() => null);
    if (
      now === null ||
      now.address !== before.address ||
      now.changes !== before.changes ||
      now.scroll !== before.scroll
    )
      return true;
    if (now.focus !== before.focus && !(await isFocused(element))) return true;
    if ((await readState(element)) !== had) return true;
    await new Promise((resolve) => setTimeout(resolve, 20));
  } while (performance.now() < until);
  return false;
}

const isFocused = (element: ElementHandle<Element>): Promise<boolean> =>
  element
    .evaluate((it) => it === document.activeElement || document.activeElement === document.body)
    .catch(() => false);

const readState = (element: ElementHandle<Element>): Promise<string> =>
  element
    .evaluate((it) => {
      const field = it as HTMLInputElement;
      return `${field.value} ${field.checked}`;
    })
    .catch(() => 'gone');

/** An act that offers the way back is taken back at once, so that the next control finds what it acts on. */
async function takeBack(crawl: Crawl, screen: Screen): Promise<void> {
  const controls = await inPage(crawl.page, (it) => it.list());
  const undo = controls.findLast((it) => it.isUndo);
  if (undo) await pressOne(crawl, screen, undo);
}

/** Closes what lies over the screen by the key that closes everything; false when nothing does. */
async function leaveLayer(crawl: Crawl): Promise<boolean> {
  if (!(await isOver(crawl.page))) return false;
  await crawl.page.keyboard.press('Escape');
  await settle(crawl);
  if (await isOver(crawl.page))
    crawl.found.push(`${crawl.page.url()}: Escape does not close what lies over the screen`);
  return !(await isOver(crawl.page));
}

/** Does a dialogue or a menu lie over the screen? */
export const isOver = (page: Page): Promise<boolean> =>
  page.evaluate(() => document.querySelector('dialog:modal, [popover]:popover-open') !== null);

async function comeBack(crawl: Crawl, screen: Screen, home: string): Promise<string> {
  const { page } = crawl;
  await crawl.restore();
  await page.goBack({ waitUntil: 'commit', timeout: 3000 }).catch(() => null);
  if (isSameScreen(page.url(), home) && (await settle(crawl)) && (await page.locator('h1').count()) > 0)
    return page.url();
  return openScreen(crawl, screen);
}

const isSameScreen = (one: string, other: string): boolean => one === other;

/** Looks at what stands there now. */
async function judge(crawl: Crawl, where: string): Promise<void> {
  if (await crawl.restore()) await settle(crawl);
  crawl.found.push(...crawl.watch.takeWrongs().map((it) => `${where}: ${it}`));
  const flaws = await inPage(crawl.page, (it) => it.readFlaws()).catch(() => []);
  const fresh = flaws.filter((it) => !crawl.told.has(it));
  for (const it of fresh) crawl.told.add(it);
  crawl.found.push(...fresh.map((it) => `${where}: ${it}`));
}

const picture = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==',
  'base64',
);
