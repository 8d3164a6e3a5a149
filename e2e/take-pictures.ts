import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { Language } from '#contract/terms.ts';
import { openBrowser } from './browser.ts';
import { furnish } from './furnish.ts';
import { makeInstallation, signUpOwnerIn } from './product.ts';

/**
 * Takes a picture of every screen: `node e2e/take-pictures.ts FOLDER [language …]`, at 1280 and 390 px, light and dark.
 * The interface must have been built.
 */
const [folder = 'pictures', ...wanted] = process.argv.slice(2);
const languages = (wanted.length > 0 ? wanted : ['en', 'th']).map((it) => Language.parse(it));
mkdirSync(folder, { recursive: true });

const installation = await makeInstallation();
const product = await installation.start();
const browser = await openBrowser();
try {
  const { client, cookie } = await signUpOwnerIn(installation.url);
  const screens = await furnish(installation.url, client);
  for (const language of languages) {
    await client.me.update({ language });
    for (const { width, height } of [
      { width: 1280, height: 900 },
      { width: 390, height: 844 },
    ]) {
      for (const colorScheme of ['light', 'dark'] as const) {
        const context = await browser.newContext({ viewport: { width, height }, colorScheme });
        await context.addCookies([{ ...cookie, url: installation.url }]);
        const page = await context.newPage();
        for (const [name, address] of Object.entries(screens)) {
          await page.goto(address);
          await page.waitForFunction(() => document.querySelector('h1') && !document.querySelector('.waiting'));
          await page.waitForTimeout(300);
          const file = `${name.replaceAll(' ', '-').toLowerCase()}-${language}-${width}-${colorScheme}.png`;
          await page.screenshot({ path: path.join(folder, file) });
        }
        await context.close();
      }
    }
  }
} finally {
  await browser.close();
  await product.stop();
  installation.remove();
}
