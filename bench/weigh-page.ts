import type { Page } from 'playwright-core';

/** What a page brings over the line until it is still, in KB (1,000 bytes) as sent. */
export interface Weight {
  jsKB: number;
  totalKB: number;
  requests: number;
}

/** Loads a page in an empty cache and weighs its scripts, compressed as the browser asks for it. */
export async function weighPage(page: Page, url: string, encoding: 'gzip' | 'br'): Promise<Weight> {
  let js = 0;
  let total = 0;
  let requests = 0;
  const bodies: Promise<void>[] = [];
  // What this measures is sent with a length; streams and figures asked for have none and are counted as they are.
  page.on('response', (response) => {
    requests += 1;
    bodies.push(
      response
        .request()
        .sizes()
        .then(({ responseBodySize }) => {
          total += responseBodySize;
          if (response.request().resourceType() === 'script') js += responseBodySize;
        })
        .catch(() => undefined),
    );
  });
  await page.route('**/assets/**', (route) =>
    route.continue({ headers: { ...route.request().headers(), 'accept-encoding': encoding } }),
  );
  await page.goto(url);
  await page.locator('h1').waitFor();
  // What is fetched for later (the palette) is no part of the first screen: until here nothing of it was.
  await page.waitForFunction(() => !document.querySelector('.waiting'));
  await Promise.race([Promise.all(bodies), new Promise((resolve) => setTimeout(resolve, 500))]);
  return { jsKB: js / 1_000, totalKB: total / 1_000, requests };
}
