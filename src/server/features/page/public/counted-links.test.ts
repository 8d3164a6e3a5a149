import { describe, expect, it } from 'vitest';
import { createPageConnector } from '#connectors/page/index.ts';
import { makePage } from '../testing.ts';
import { usePublicPages } from './testing.ts';

const at = usePublicPages();
const linksIn = (html: string) => [...html.matchAll(/href="(\/p\/[^"]+\/go\/[^"]+)"/g)].map(([, path = '']) => path);

describe('counting', () => {
  it('counts people who open a page or follow a link, and shows it as figures of post and page', async () => {
    const links = [{ label: 'Order', url: 'https://shop.example/order' }];
    const { pageId, address } = await makePage(at.test.database, { links });
    const { key, path } = await at.publish(pageId, { text: 'Order at https://shop.example/rolls today' });
    const html = await (await at.visit(`/p/${address}`)).text();
    await at.visit(path);
    await at.visit(path);
    for (const link of linksIn(html)) expect((await at.visit(link)).status).toBe(302);
    await at.pages.flush();
    const connector = createPageConnector(at.store);
    const call = { account: { remoteId: pageId } } as Parameters<NonNullable<typeof connector.insights>['account']>[0];
    expect(await connector.insights?.posts(call, [key])).toEqual({
      ok: true,
      value: [
        {
          remoteId: key,
          readings: { 'post-views': { state: 'value', value: 2 }, 'post-link-clicks': { state: 'value', value: 1 } },
        },
      ],
    });
    expect(await connector.insights?.account(call)).toEqual({
      ok: true,
      value: { 'page-views': { state: 'value', value: 3 }, 'page-link-clicks': { state: 'value', value: 2 } },
    });
  });

  it.each([
    [
      'a search robot',
      { 'user-agent': 'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)' },
      'GET',
    ],
    ['a link preview', { 'user-agent': 'facebookexternalhit/1.1' }, 'GET'],
    ['a program', { 'user-agent': 'curl/8.5.0' }, 'GET'],
    ['nobody', { 'user-agent': '' }, 'GET'],
    ['a browser that fetches ahead', { 'sec-purpose': 'prefetch;prerender' }, 'GET'],
    ['a HEAD', {}, 'HEAD'],
  ])('does not count %s', async (_who, headers, method) => {
    const links = [{ label: 'Order', url: 'https://shop.example/order' }];
    const { pageId, address } = await makePage(at.test.database, { links });
    const { path } = await at.publish(pageId);
    const html = await (await at.visit(`/p/${address}`, { 'user-agent': 'Googlebot' })).text();
    for (const each of [`/p/${address}`, path, ...linksIn(html)]) {
      expect((await at.visit(each, headers, method)).status).toBeLessThan(400);
    }
    await at.pages.flush();
    expect(await at.store.totals(pageId)).toEqual({ views: 0, linkClicks: 0 });
  });

  it('leads only to links that the page or a post shows', async () => {
    const links = [{ label: 'Order', url: 'https://shop.example/order' }];
    const mine = await makePage(at.test.database, { links });
    const theirs = await makePage(at.test.database);
    const { key } = await at.publish(mine.pageId, { text: 'See https://shop.example/rolls' });
    const [ofPage = '', ofPost = ''] = linksIn(await (await at.visit(`/p/${mine.address}`)).text());
    expect((await at.visit(ofPage)).headers.get('location')).toBe('https://shop.example/order');
    expect((await at.visit(ofPost)).headers.get('location')).toBe('https://shop.example/rolls');
    const elsewhere = [
      ofPage.replace(mine.address, theirs.address),
      ofPost.replace(mine.address, theirs.address),
      `/p/${mine.address}/go/https:%2F%2Fevil.example`,
      `/p/${mine.address}/go/%2F%2Fevil.example`,
      `${ofPost}x`,
      `/p/${mine.address}/go/x?url=https://evil.example`,
    ];
    for (const path of elsewhere) {
      const answer = await at.visit(path);
      expect(answer.status).toBe(404);
      expect(answer.headers.get('location')).toBeNull();
    }
    await at.store.remove(mine.pageId, key);
    expect((await at.visit(ofPost)).status).toBe(404);
  });
});
