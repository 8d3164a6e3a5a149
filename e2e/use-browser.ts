import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll } from 'vitest';
import { openBrowser } from './browser.ts';
import type { RunningProduct } from './use-product.ts';

export type Cookie = { name: string; value: string };

/** How a browser is held and set; otherwise it stands on a desk, light, with a person who likes what moves. */
export interface Look {
  width?: number;
  height?: number;
  colorScheme?: 'light' | 'dark';
  reducedMotion?: 'reduce';
  /** Where whoever looks is. */
  timezoneId?: string;
  /** What the browser says it reads; English when absent. */
  locale?: string;
}

/** People before a product, each with a browser of their own. */
export interface Visitors {
  /** A browser of somebody's own; without a cookie nobody is signed in. */
  openContext(cookie?: Cookie, look?: Look): Promise<BrowserContext>;
  /** A tab at a path or whole address. */
  openTab(context: BrowserContext, address: string): Promise<Page>;
  /** Errors that pages threw, in all browsers. */
  complaints: string[];
}

/** A busy machine is slow, not wrong. */
const PATIENCE_MS = 60_000;

/** Gives the journeys of the surrounding file a browser before a product; it is started when the first one is opened. */
export function useBrowser(product: RunningProduct): Visitors {
  let opening: Promise<Browser> | null = null;
  const complaints: string[] = [];
  afterAll(async () => (await opening)?.close());
  return {
    complaints,
    async openContext(cookie, { width = 1280, height = 900, ...look } = {}) {
      opening ??= openBrowser();
      const browser = await opening;
      const context = await browser.newContext({ viewport: { width, height }, locale: 'en-GB', ...look });
      context.setDefaultTimeout(PATIENCE_MS);
      context.on('weberror', (thrown) => complaints.push(thrown.error().message));
      if (cookie) await context.addCookies([{ ...cookie, url: product.url }]);
      return context;
    },
    async openTab(context, address) {
      const page = await context.newPage();
      await page.goto(new URL(address, product.url).href);
      return page;
    },
  };
}
