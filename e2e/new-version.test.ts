import { createServer, request, type Server } from 'node:http';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findFreePort } from '#test/find-free-port.ts';
import { openBrowser } from './browser.ts';
import { type Installation, makeInstallation, type Product, signUpOwnerIn } from './product.ts';

/** What stands before Goalpost here gives out its service worker, or a newer one. */
let isNewer = false;
let installation: Installation;
let product: Product;
let front: Server;
let page: Page;

beforeAll(async () => {
  installation = await makeInstallation();
  const behind = await findFreePort();
  product = await installation.start({ PORT: String(behind), PUBLIC_URL: installation.url });
  front = createServer((asked, answer) => {
    const { url: path, method } = asked;
    // What is kept must not be told to be fresh.
    const { 'if-none-match': _kept, 'if-modified-since': _since, ...headers } = asked.headers;
    const isWorker = path === '/sw.js';
    const passed = request({ host: 'localhost', port: behind, path, method, headers }, (given) => {
      const { 'content-length': _, ...rest } = given.headers;
      answer.writeHead(given.statusCode ?? 502, isWorker ? rest : given.headers);
      given.on('end', () => answer.end(isWorker && isNewer ? '\n// newer' : ''));
      given.pipe(answer, { end: false });
    });
    passed.on('error', () => answer.destroy());
    answer.on('close', () => passed.destroy());
    if (isWorker) passed.setHeader('accept-encoding', 'identity');
    asked.pipe(passed);
  });
  await new Promise<void>((resolve) => front.listen(installation.port, 'localhost', resolve));
  const { client, cookie } = await signUpOwnerIn(installation.url);
  const { id } = await client.workspaces.create({ name: 'Bakery', language: 'en', zone: 'UTC' });
  const browser = await openBrowser();
  const context = await browser.newContext();
  context.setDefaultTimeout(60_000);
  await context.addCookies([{ ...cookie, url: installation.url }]);
  page = await context.newPage();
  await page.goto(`${installation.url}/w/${id}/posts/new`);
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  // From now on it is the worker that gives the page out.
  await page.reload();
});
afterAll(async () => {
  await page?.context().browser()?.close();
  front?.closeAllConnections();
  front?.close();
  await product?.stop();
  installation?.remove();
});

describe('a new version of the interface', { timeout: 180_000 }, () => {
  it('is told of when it is there, and waits until somebody wants it; what was being written stays', async () => {
    const words = page.getByLabel('Text', { exact: true }).first();
    await words.fill('Rye at nine.');
    const told = page.getByText('A new version of Goalpost is here.');
    const scriptOf = () => page.evaluate(() => navigator.serviceWorker.controller?.state);
    expect(await scriptOf()).toBe('activated');
    expect(await told.count()).toBe(0);
    isNewer = true;
    await page.evaluate(async () => (await navigator.serviceWorker.getRegistration())?.update());
    await told.waitFor();
    expect(await words.inputValue()).toBe('Rye at nine.');
    const isWaiting = () =>
      page.evaluate(async () => Boolean((await navigator.serviceWorker.getRegistration())?.waiting));
    expect(await isWaiting()).toBe(true);
    const loaded = page.waitForEvent('load');
    await page.getByRole('button', { name: 'Load it now' }).click();
    await loaded;
    await words.waitFor();
    await expect.poll(() => words.inputValue(), { timeout: 60_000 }).toBe('Rye at nine.');
    expect(await isWaiting()).toBe(false);
    expect(await told.count()).toBe(0);
  });
});
