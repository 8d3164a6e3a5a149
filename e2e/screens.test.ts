import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { languages } from '#contract/terms.ts';
import { findBarriers } from './find-barriers.ts';
import { furnish } from './furnish.ts';
import { signUpIn, signUpOwnerIn } from './product.ts';
import { type Cookie, useBrowser } from './use-browser.ts';
import { useProduct } from './use-product.ts';

const product = useProduct();
const { openContext } = useBrowser(product);
/** Whoever reads in a language: each an owner, since the limit of calls is per person. */
let readers: Record<string, Cookie>;
let screens: Record<string, string>;

beforeAll(async () => {
  const { client, cookie } = await signUpOwnerIn(product.url);
  screens = await furnish(product.url, client);
  readers = { en: cookie };
  const [{ id: workspaceId = '' } = {}] = (await client.me.get()).workspaces;
  for (const language of languages.filter((it) => it !== 'en')) {
    const token = (await client.invitations.create({ workspaceId, role: 'owner' })).link.split('#')[1] ?? '';
    const reader = { name: 'Nok', email: `${language}@bakery.example`, password: 'rye and barley', invitation: token };
    const signedUp = await signUpIn(product.url, reader);
    await signedUp.client.invitations.accept({ token });
    await signedUp.client.me.update({ language });
    readers[language] = signedUp.cookie;
  }
});

// The longest texts and the tallest letters stand for the others.
const looks = [
  { name: 'desktop, light', width: 1280, height: 900, colorScheme: 'light', languages: ['en'] },
  { name: 'phone, dark', width: 390, height: 844, colorScheme: 'dark', languages: ['th', 'eo'] },
] as const;

describe.for(looks)('every screen, $name', { timeout: 300_000 }, (look) => {
  it.for(look.languages)(
    'in %s: no barrier axe can find, nothing wider than the window, no key instead of a text',
    async (language) => {
      const { width, height, colorScheme } = look;
      const context = await openContext(readers[language], { width, height, colorScheme, reducedMotion: 'reduce' });
      const page = await context.newPage();
      const found: string[] = [];
      for (const [name, address] of Object.entries(screens)) {
        await page.goto(address);
        await page
          .waitForFunction(() => document.querySelector('h1') && !document.querySelector('.waiting'))
          // biome-ignore lint/performance/useDomNodeTextContent: what is shown
          .catch(async () => found.push(`${name}: waits, ${await page.evaluate(() => document.body.innerText)}`));
        await page.waitForTimeout(150);
        // What axe looks at does not depend on words, but on how long and tall they are and on the room there is: two
        // languages tell, of which one is looked at for what another width may change.
        if (language === 'en' || language === 'th') {
          const barriers = await findBarriers(page, language === 'en' ? 'all' : 'layout');
          found.push(...barriers.map((it) => `${name}: ${it}`));
        }
        found.push(...(await findFlaws(page)).map((it) => `${name}: ${it}`));
      }
      await context.close();
      expect(found).toEqual([]);
    },
  );
});

function findFlaws(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const flaws: string[] = [];
    const { scrollWidth, clientWidth } = document.documentElement;
    const rail = document.querySelector('.rail');
    if (rail && rail.scrollWidth > rail.clientWidth + 1) flaws.push('the rail is wider than its place');
    if (scrollWidth > clientWidth + 1) flaws.push(`wider than the window: ${scrollWidth} > ${clientWidth}`);
    // biome-ignore lint/performance/useDomNodeTextContent: only what is shown, with its spaces
    const shown = document.body.innerText;
    const words = shown.match(/(?<![\w/@.-])[a-z][a-zA-Z]+(?:\.[a-zA-Z-]+)+(?:_\w+)?(?![\w./-])/g) ?? [];
    const keys = words.filter((word) => !/\.(test|example|social|com|org|jpg)$/.test(word));
    if (keys.length > 0) flaws.push(`keys instead of texts: ${keys.join(', ')}`);
    return flaws;
  });
}
