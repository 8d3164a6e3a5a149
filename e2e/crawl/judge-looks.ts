import type { ElementHandle, Page } from 'playwright-core';
import { findBarriers } from '../find-barriers.ts';
import { type Crawl, isOver, settle } from './crawl-screen.ts';

const opensSomething =
  ':is(button[aria-haspopup], button[popovertarget], main button[aria-expanded=false], main summary)';

/** Has axe look at a screen, wide and narrow, light and dark, and at everything that opens over or inside it. */
export async function judgeLooks(crawl: Crawl, seen: Set<string>): Promise<string[]> {
  const { page } = crawl;
  const found: string[] = [];
  for (const width of [1280, 390]) {
    await page.setViewportSize({ width, height: 844 });
    await settle(crawl);
    const note = async (where: string) =>
      found.push(...(await findInBoth(crawl)).map((it) => `${width} px, ${where}: ${it}`));
    await note('as it opens');
    // Things, not places: what opens changes which is the third.
    const openers = (await page
      .locator(opensSomething)
      .locator('visible=true')
      .elementHandles()) as ElementHandle<Element>[];
    for (const opener of openers) {
      const name = await opener
        .evaluate((it) => {
          const words = it.closest('li') ? '' : it.textContent;
          const opens = it.getAttribute('aria-haspopup') ?? it.tagName;
          return `${it.className} ${opens} ${words}`.replace(/m_\w+|mantine-\S+/g, '').trim();
        })
        .catch(() => null);
      // The same kind of thing opens the same kind of thing, here and in the other lines of a list.
      const kind = `${width} ${name}`;
      const isFrame = await opener.evaluate((it) => it.closest('main') === null).catch(() => true);
      const key = isFrame ? kind : `${kind} ${new URL(page.url()).pathname}`;
      if (name === null || seen.has(key) || !(await opener.isVisible().catch(() => false))) continue;
      seen.add(key);
      await opener.click({ timeout: 3000 });
      await settle(crawl);
      await note(`with “${name}” open`);
      if (await isOver(page)) await page.keyboard.press('Escape');
    }
  }
  return found;
}

/** Both schemes: everything in the light one, the colours once more in the dark one. */
async function findInBoth({ page }: Crawl): Promise<string[]> {
  const found: string[] = [];
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await page.waitForFunction(
      (scheme) => document.documentElement.dataset['mantineColorScheme'] === scheme,
      colorScheme,
    );
    await stopColours(page);
    const barriers = await findBarriers(page, colorScheme === 'dark' ? 'colours' : 'all');
    found.push(...barriers.map((it) => `${colorScheme}: ${it}`));
  }
  return found;
}

/** Colours that are handed down change one frame later at each step; waits until none is under way. */
const stopColours = (page: Page): Promise<void> =>
  page.evaluate(async () => {
    for (let still = 0; still < 5; ) {
      await new Promise((resolve) => requestAnimationFrame(resolve));
      // What has finished inside of something folded is listed on until that is opened.
      still = document.getAnimations().every((it) => it.playState === 'finished') ? still + 1 : 0;
    }
  });
