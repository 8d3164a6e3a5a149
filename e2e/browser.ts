import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

const debians = '/usr/bin/chromium';

/** A real Chromium: Debian's where it is installed, else the one from npm. */
export async function openBrowser(): Promise<Browser> {
  const quiet = [
    '--no-sandbox',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--no-first-run',
  ];
  if (existsSync(debians)) return chromium.launch({ executablePath: debians, args: quiet });
  const { default: packed } = await import('@sparticuz/chromium');
  return chromium.launch({ executablePath: await packed.executablePath(), args: [...packed.args, ...quiet] });
}
