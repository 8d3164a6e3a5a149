import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeLargeFilm } from '#test/videos/index.ts';
import { until } from './product.ts';
import { useBakery } from './use-bakery.ts';

const bakery = useBakery();
const MB = 1024 * 1024;
let folder = '';
let film = '';
let context: BrowserContext;
let page: Page;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'goalpost-film-'));
  film = path.join(folder, 'kneading.mp4');
  await writeLargeFilm(film, 60 * MB);
  await bakery.openOwnPage();
  page = await bakery.openPage();
  context = page.context();
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('a film of 60 MB', { timeout: 180_000 }, () => {
  it('that is cut off by a line that goes, a reload and a restart of the server goes on where it was', async () => {
    const { client, workspaceId } = bakery;
    const parts: string[] = [];
    await context.route('**/uploads/*/parts', async (route) => {
      if (parts.length === 5) {
        await context.setOffline(true);
        await route.abort();
        return;
      }
      parts.push(route.request().url());
      await route.continue();
    });
    await page.goto(bakery.at('compose'));
    await page.locator('.part-text').first().fill('How we knead.');
    await page.locator('input[type=file]').setInputFiles(film);
    await page.getByText('No answer came. The picture is kept', { exact: false }).waitFor();
    expect(parts).toHaveLength(5);
    await context.unroute('**/uploads/*/parts');
    await bakery.product.stop();
    await bakery.product.start();

    const after: string[] = [];
    context.on('request', (request) => {
      if (request.method() === 'POST' && request.url().endsWith('/parts')) after.push(request.url());
    });
    await context.setOffline(false);
    await page.reload();
    await page.waitForFunction(() => document.querySelectorAll('.picture-words').length === 1);
    expect(new Set([...parts, ...after]).size).toBe(1);
    // Twelve parts of 5 MB, of which five had arrived.
    expect(after).toHaveLength(7);
    const media = await until(
      async () => (await client.posts.list({ workspaceId, state: 'draft' })).items[0]?.content.parts[0]?.media ?? [],
      (it) => it.length === 1,
      15_000,
    );
    const medium = await client.media.get({ workspaceId, mediumId: media[0]?.mediumId ?? '' });
    expect(medium).toMatchObject({ name: 'kneading', mime: 'video/mp4', video: { videoCodec: 'avc' } });
    expect(bakery.complaints).toEqual([]);
  });

  it('that is taken out while it goes leaves nothing behind', async () => {
    await context.route('**/uploads/*/parts', () => undefined);
    const begun = context.waitForEvent('response', (it) => it.url().endsWith('/uploads'));
    await page.locator('input[type=file]').setInputFiles(film);
    const { id } = (await (await begun).json()) as { id: string };
    const given = context.waitForEvent('response', (it) => it.request().method() === 'DELETE');
    await page.getByRole('button', { name: 'Take kneading.mp4 out' }).click();
    expect((await given).status()).toBe(200);
    const { client, workspaceId } = bakery;
    await expect(client.uploads.get({ workspaceId, uploadId: id })).rejects.toMatchObject({ code: 'not-found' });
  });
});
