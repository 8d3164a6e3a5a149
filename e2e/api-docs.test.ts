import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { useBakery } from './use-bakery.ts';

const bakery = useBakery();
let page: Page;
const complaints: string[] = [];
const foreign: string[] = [];

beforeAll(async () => {
  page = await bakery.openTab(await bakery.openContext(), 'about:blank');
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
  });
  page.on('request', (request) => {
    const { url } = bakery.product;
    if (!request.url().startsWith(url) && !request.url().startsWith('data:')) foreign.push(request.url());
  });
});

/** Opens an operation by its name, as a link to it does, and gives its part of the page. */
async function openOperation(group: string, verb: string) {
  await page.goto(`${bakery.product.url}/api/docs`);
  await page.locator(`#operations-tag-${group}`).click();
  const operation = page.locator('.opblock', { has: page.locator(`[href="#/${group}/${group}.${verb}"]`) });
  await operation.locator('.opblock-summary-control').click();
  return operation;
}

describe('the readable description of the API', () => {
  it('names every group with what it is about, under the policy of our own pages', async () => {
    const response = await page.goto(`${bakery.product.url}/api/docs`);
    const home = await fetch(`${bakery.product.url}/`, { headers: { accept: 'text/html' } });
    const policyOf = (policy: string | null | undefined) => policy?.replace(/'nonce-[^']+'/, '');
    expect(policyOf(response?.headers()['content-security-policy'])).toBe(
      policyOf(home.headers.get('content-security-policy')),
    );
    await page.getByText('A metric with a scope, a baseline, a target and a deadline.').waitFor();
    await page.getByText('Calls are counted for each person', { exact: false }).waitFor();
  });

  it('tries a call with a key, in a browser where nobody is signed in', async () => {
    const { client, workspaceId } = bakery;
    const { secret } = await client.apiKeys.create({ workspaceId, name: 'Docs', scopes: ['plan'] });
    const operation = await openOperation('objectives', 'create');
    await page.getByRole('button', { name: 'Authorize' }).first().click();
    await page.locator('.modal-ux input').first().fill(secret);
    await page.locator('.modal-ux').getByRole('button', { name: 'Apply credentials' }).first().click();
    await page.locator('.modal-ux').getByRole('button', { name: 'Close' }).first().click();
    await operation.getByPlaceholder('workspaceId').fill(workspaceId);
    await operation.getByRole('button', { name: 'Execute' }).click();
    await operation.locator('.live-responses-table').getByText('201', { exact: true }).waitFor();
    const { items } = await client.objectives.list({ workspaceId });
    expect(items.map(({ title }) => title)).toEqual(['Fill the quiet mornings']);
    const kept = await page.evaluate('JSON.stringify([{ ...localStorage }, { ...sessionStorage }])');
    expect(kept).not.toContain(secret);
  });

  it('asks nobody but this server, and breaks no rule of its policy', () => {
    expect(complaints).toEqual([]);
    expect(foreign).toEqual([]);
  });
});
