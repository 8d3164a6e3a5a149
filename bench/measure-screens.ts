import type { Browser, Page } from 'playwright-core';
import { permitRegistration } from '#server/platform/auth/index.ts';
import { signUpIn } from '../e2e/product.ts';
import { fillYears } from './fill-years.ts';
import { measureTurns, waitForRest } from './measure-turns.ts';
import type { OpenHouse } from './open-house.ts';

/** How long a person waits for the next picture, in milliseconds a turn. */
export interface Turns {
  typing: number[];
  moving: number[];
  filtering: number[];
}

const SENTENCE = 'Sourdough at seven, rye at nine, and on Saturdays the poppy-seed rolls that Mali made for the fair. ';

/** Types in the composer, moves posts in the week and changes what the ledger shows, among this many posts. */
export async function measureScreens(
  browser: Browser,
  { house, url }: OpenHouse,
  { posts, rounds, server }: { posts: number; rounds: number; server: string },
): Promise<Turns> {
  const email = 'hand@bench.example';
  await house.db.outside((tx) => permitRegistration(tx, email));
  const { client, cookie } = await signUpIn(url, { name: 'Hand', email, password: 'correct horse battery' });
  const { id: workspaceId } = await client.workspaces.create({ name: 'Bench', language: 'en', zone: 'UTC' });
  const personId = (await client.me.get()).id;
  const week = await fillYears(house, { posts, workspaceId, personId, server });
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  await context.addCookies([{ ...cookie, url }]);
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE_MS);
  const line = await context.newCDPSession(page);
  const at = `${url}/w/${workspaceId}`;
  try {
    await page.goto(`${at}/posts/new`);
    const words = page.getByLabel('Text', { exact: true }).first();
    await words.click();
    await line.send('Emulation.setCPUThrottlingRate', { rate: PHONE });
    await waitForRest(page);
    const typing = await measureTurns(page, async () => {
      for (let i = 0; i < rounds; i += 1) await page.keyboard.type(SENTENCE, { delay: 40 });
    });
    await page.goto(`${at}/calendar?week=${week}`);
    await page.locator('.slot').first().waitFor();
    await waitForRest(page);
    // So often that one turn in a hundred is not simply the slowest.
    const moving = await measureTurns(page, () => moveAbout(page, rounds * 8));
    await page.goto(`${at}/deliveries`);
    await page.locator('.delivery-list').first().waitFor();
    await waitForRest(page);
    const views = page.locator('.segmented').first().getByRole('button');
    const filtering = await measureTurns(page, async () => {
      for (let i = 0; i < rounds * 4; i += 1) {
        await views.nth([3, 0][i % 2] ?? 0).click();
        await page.locator('.delivery-list').first().waitFor();
      }
    });
    return { typing, moving, filtering };
  } finally {
    await context.close();
  }
}

/** On a machine that others use too. */
const PATIENCE_MS = 120_000;

/** How much slower than this machine Lighthouse takes a phone to be. */
const PHONE = 4;

/**
 * Moves the first card of one day to the next and back, by the keys that do what dragging does: browsers time no turns
 * of a drag.
 */
async function moveAbout(page: Page, times: number): Promise<void> {
  for (let i = 0; i < times; i += 1) {
    const from = page.locator('.day').nth(1 + (i % 2));
    await from.locator('.slot').first().getByRole('link').focus();
    for (const key of ['m', i % 2 === 0 ? 'ArrowRight' : 'ArrowLeft', 'ArrowDown', 'ArrowUp', 'Enter']) {
      await page.keyboard.press(key, { delay: 60 });
    }
    await page.getByText('Moved to', { exact: false }).first().waitFor();
  }
}
