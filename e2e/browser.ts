import { existsSync } from 'node:fs';
import { type Browser, type BrowserContext, chromium } from 'playwright-core';

const debians = '/usr/bin/chromium';

const quiet = [
  '--no-sandbox',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
];

/** A real Chromium: Debian's where it is installed, else the one from npm. */
export async function openBrowser(): Promise<Browser> {
  return chromium.launch(await choose());
}

/** The same with a folder of its own, as a person's browser: what it keeps is there when it is opened again. */
export async function openProfile(folder: string): Promise<BrowserContext> {
  return chromium.launchPersistentContext(folder, {
    ...(await choose()),
    viewport: { width: 1280, height: 900 },
    locale: 'en-GB',
  });
}

async function choose(): Promise<{ executablePath: string; args: string[] }> {
  if (existsSync(debians)) return { executablePath: debians, args: quiet };
  const { default: packed } = await import('@sparticuz/chromium');
  return { executablePath: await packed.executablePath(), args: [...packed.args, ...quiet] };
}
