import { Parser } from 'htmlparser2';
import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { readVideo } from '#test/videos/index.ts';
import { makeEntry, makePage } from '../testing.ts';
import { hostile, usePublicPages } from './testing.ts';

const at = usePublicPages();
const corrected = { en: 'Corrected on', th: 'แก้ไขเมื่อ', vi: 'Đã sửa', id: 'Diperbaiki', eo: 'Korektita' };

describe('the public page', () => {
  it('shows who it is, its links and its posts, without any script', async () => {
    const { pageId, address } = await makePage(at.test.database, {
      title: 'Corner Bakery',
      about: 'Bread since 1987.',
      links: [{ label: 'Order', url: 'https://shop.example/order' }],
    });
    const { path } = await at.publish(pageId);
    const answer = await at.visit(`/p/${address}`);
    const html = await answer.text();
    expect(answer.status).toBe(200);
    expect(html).toContain('<html lang="en" dir="ltr"');
    for (const piece of ['Corner Bakery', 'Bread since 1987.', 'Order', 'Fresh rolls from seven.', `href="${path}"`]) {
      expect(html).toContain(piece);
    }
    expect(html).toContain(`<link rel="canonical" href="https://goalpost.test/p/${address}">`);
    expect(html).not.toMatch(/<script|\son\w+=|style="/i);
    expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'; style-src 'self'");
    expect(answer.headers.get('set-cookie')).toBeNull();
    const [, stylesheet = ''] = /<link rel="stylesheet" href="([^"]+)"/.exec(html) ?? [];
    const css = await at.visit(stylesheet);
    expect(css.headers.get('cache-control')).toContain('immutable');
    expect(css.headers.get('content-type')).toContain('text/css');
  });

  it('lets people call from the list of links and from a text, without a detour', async () => {
    const { pageId, address } = await makePage(at.test.database, {
      about: 'Bread since 1987.\nCall 081-234-5678.',
      links: [
        { label: 'Call 02 123 4567', url: 'tel:021234567' },
        { label: 'Ask', url: 'tel:+6681' },
      ],
    });
    await at.publish(pageId, { text: 'Order at 081 234 5678 or https://shop.example/0812345678' });
    const html = await (await at.visit(`/p/${address}`)).text();
    expect(html).toContain('<a class="phone" href="tel:0812345678">081-234-5678</a>.');
    expect(html).toContain('<a class="phone" href="tel:0812345678">081 234 5678</a> or <a href="/p/');
    expect(html).toContain('<a href="tel:021234567"><span class="label" dir="auto">Call 02 123 4567</span></a>');
    expect(html).toContain('<span class="host">+6681</span>');
    expect(html.match(/tel:/g)).toHaveLength(4);
  });

  it('has one quiet way to its feed for people, and all of them for programs', async () => {
    const { address } = await makePage(at.test.database);
    const html = await (await at.visit(`/p/${address}`)).text();
    const [head = '', body = ''] = html.split('<body>');
    for (const file of ['feed.rss', 'feed.atom', 'feed.json']) expect(head).toContain(`href="/p/${address}/${file}"`);
    expect(body.match(/\/feed\./g)).toHaveLength(1);
    expect(body).not.toMatch(/RSS|Atom|JSON/);
  });

  it('gives a post an address in its own script, and keeps those it gave before', async () => {
    const { workspaceId, pageId, address } = await makePage(at.test.database, { language: 'th' });
    const { path, key } = await at.publish(pageId, { text: 'ขนมปังสดใหม่จากเตา ทุกเช้า' });
    expect(decodeURI(path)).toMatch(/-ขนมปังสดใหม่จากเตา-ทุกเช้า$/);
    const html = await (await at.visit(path)).text();
    expect(html).toContain(`<link rel="canonical" href="https://goalpost.test${path}">`);
    expect((await at.visit(encodeURI(decodeURI(path).normalize('NFD')))).status).toBe(200);
    expect(await (await at.visit(`/p/${address}/feed.atom`)).text()).toContain(`href="https://goalpost.test${path}"`);
    const before = `2026-01-02-${key.slice(0, 10)}-7-30`;
    await at.test.database.inWorkspace(workspaceId, (tx) =>
      sql`UPDATE page_entry SET slug = ${before} WHERE id = ${key}`.execute(tx),
    );
    expect((await at.visit(`/p/${address}/${before}`)).status).toBe(200);
  });

  it.each(['th', 'vi', 'id', 'eo'] as const)('speaks the language of the page: %s', async (language) => {
    const { pageId, address } = await makePage(at.test.database, { language });
    await at.publish(pageId, { language });
    const html = await (await at.visit(`/p/${address}`)).text();
    expect(html).toContain(`<html lang="${language}"`);
    expect(html).not.toContain('page:');
  });

  it('stays small with a full stream', async () => {
    const { pageId, address } = await makePage(at.test.database);
    for (let n = 0; n < 11; n += 1) await at.publish(pageId, { text: 'Fresh rolls from seven. '.repeat(40) });
    const html = await (await at.visit(`/p/${address}`)).text();
    expect(new Blob([html]).size).toBeLessThan(20_000);
  });

  it('turns pages without losing or repeating a post', async () => {
    const { pageId, address } = await makePage(at.test.database);
    const published: string[] = [];
    for (let n = 0; n < 23; n += 1) published.push((await at.publish(pageId, { text: `Post number ${n}.` })).path);
    const seen: string[] = [];
    let path: string | undefined = `/p/${address}`;
    while (path !== undefined) {
      const html: string = await (await at.visit(path)).text();
      seen.push(...[...html.matchAll(/itemprop="url" href="([^"]+)"/g)].map(([, href = '']) => href));
      path = /rel="next" href="([^"]+)"/.exec(html)?.[1];
    }
    expect(seen).toEqual(published.toReversed());
  });

  it('keeps markup in every text inert', async () => {
    const links = [{ label: hostile.slice(0, 90), url: 'https://shop.example/?a=1&b="2"' }];
    const { pageId, address } = await makePage(at.test.database, { title: hostile, about: hostile, links });
    const { path } = await at.publish(pageId, {
      text: hostile,
      media: [{ key: `${'a'.repeat(64)}.jpg`, width: 1, height: 1, alt: hostile, sizeBytes: 1 }],
      link: { url: 'https://a.example/', title: hostile, description: hostile, image: null },
    });
    for (const each of [`/p/${address}`, path, `/p/${address}/nothing-here`]) {
      const html = await (await at.visit(each)).text();
      const elements: string[] = [];
      const parser = new Parser({
        onopentag: (name, given) => {
          elements.push(name);
          for (const key of Object.keys(given)) expect(key).not.toMatch(/^on|^style$/);
        },
      });
      parser.end(html);
      expect(elements).not.toContain('script');
      expect(html).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
    }
  });

  it('answers an unchanged page with 304 and still counts the person', async () => {
    const { pageId, address } = await makePage(at.test.database);
    const first = await at.visit(`/p/${address}`);
    const again = await at.visit(`/p/${address}`, { 'if-none-match': first.headers.get('etag') ?? '' });
    expect(again.status).toBe(304);
    expect(first.headers.get('cache-control')).toBe('public, max-age=60');
    await at.pages.flush();
    expect((await at.store.totals(pageId)).views).toBe(2);
  });

  it('leads from an old address to the one of today', async () => {
    const { workspaceId, pageId, address } = await makePage(at.test.database);
    const { path } = await at.publish(pageId);
    await at.test.database.inWorkspace(workspaceId, async (tx) => {
      const place = { workspace_id: workspaceId, page_id: pageId };
      await sql`INSERT INTO directory_page (address, workspace_id, page_id)
        VALUES (${`new-${address}`}, ${place.workspace_id}, ${place.page_id})`.execute(tx);
      await sql`UPDATE own_page SET address = ${`new-${address}`}`.execute(tx);
    });
    const answer = await at.visit(path);
    expect(answer.status).toBe(301);
    expect(answer.headers.get('location')).toBe(path.replace(address, `new-${address}`));
    expect((await at.visit(answer.headers.get('location') ?? '')).status).toBe(200);
  });

  it.each(['/p/nobody-here', '/p/No%20address', '/p/x%00y', '/p/media/nothing', '/p/media/..%2f..%2fkey'])(
    'knows nothing at %s',
    async (path) => {
      const answer = await at.visit(path, { 'accept-language': 'xx, th;q=0.5' });
      expect(answer.status).toBe(404);
      expect(await answer.text()).toContain('<html lang="th"');
    },
  );

  it('says in the language of the page that a post was taken down', async () => {
    const { pageId, address } = await makePage(at.test.database, { language: 'vi' });
    const { key, path } = await at.publish(pageId);
    await at.store.remove(pageId, key);
    const answer = await at.visit(path);
    expect(answer.status).toBe(410);
    expect(await answer.text()).toContain('<html lang="vi"');
    expect(await (await at.visit(`/p/${address}`)).text()).not.toContain(path);
    expect((await at.visit(`/p/${address}/2026-01-01-0123456789`)).status).toBe(404);
    expect((await at.visit(`/p/${address}/x%00y`)).status).toBe(404);
  });

  it.each(['en', 'th', 'vi', 'id', 'eo'] as const)(
    'says at its address when a post was corrected, in the language of the page: %s',
    async (language) => {
      const { pageId } = await makePage(at.test.database, { language });
      const entry = makeEntry({ text: 'Fersh rolls.' });
      const { address } = await at.store.publish(pageId, entry, () => undefined);
      const read = async () => (await at.visit(new URL(address).pathname)).text();
      expect(await read()).not.toMatch(/modified_time|dateModified|class="corrected"/);
      await at.store.correct(pageId, { ...entry, text: 'Fresh rolls.' });
      const html = await read();
      expect(html).toContain('Fresh rolls.');
      expect(html).not.toContain('Fersh');
      expect(html).toMatch(/<meta property="article:modified_time" content="[^"]+">/);
      const [, line = ''] = /<span class="corrected">([^<]+)/.exec(html) ?? [];
      expect(line).toContain(corrected[language]);
      expect(line).toMatch(/\d{4}/);
    },
  );

  it('shows the parts of a thread beneath one another', async () => {
    const { pageId } = await makePage(at.test.database);
    const first = await at.publish(pageId, { text: 'One.' });
    for (const [n, text] of ['Two.', 'Three.'].entries()) {
      await at.publish(pageId, { text, threadKey: first.key, position: n + 1 });
    }
    const html = await (await at.visit(first.path)).text();
    expect(html.indexOf('One.')).toBeLessThan(html.indexOf('Two.'));
    expect(html.indexOf('Two.')).toBeLessThan(html.indexOf('Three.'));
  });

  it('serves the copy of a picture that the page keeps, and never runs it', async () => {
    const { pageId } = await makePage(at.test.database);
    const bytes = new Uint8Array([137, 80, 78, 71]);
    const kept = await at.store.keepPicture(pageId, { mime: 'image/png', width: 1, height: 1, alt: '', bytes });
    const { path } = await at.publish(pageId, { media: [kept] });
    const html = await (await at.visit(path)).text();
    const [, source = ''] = /<img[^>]* src="([^"]+)"/.exec(html) ?? [];
    const answer = await at.visit(source);
    expect(new Uint8Array(await answer.arrayBuffer())).toEqual(bytes);
    expect(answer.headers.get('content-type')).toBe('image/png');
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
    expect(answer.headers.get('content-security-policy')).toContain('sandbox');
  });

  it('plays a video piece by piece, with its still before it and as the picture of its links', async () => {
    const { pageId } = await makePage(at.test.database);
    const bytes = await readVideo('telephone.mov');
    const poster = { mime: 'image/jpeg', width: 160, height: 120, bytes: new Uint8Array([255, 216, 255]) };
    const film = { mime: 'video/mp4', width: 160, height: 120, alt: 'Kneading', bytes };
    const kept = await at.store.keepPicture(pageId, { ...film, video: { durationMs: 1_000, poster } });
    const { path } = await at.publish(pageId, { media: [kept] });
    const page = await at.visit(path);
    expect(page.headers.get('content-security-policy')).toContain("media-src 'self'");
    const html = await page.text();
    const [tag = ''] = /<video[^>]*>/.exec(html) ?? [];
    expect(tag).toContain(`poster="/p/media/${kept.poster}"`);
    expect(tag).toContain('aria-label="Kneading"');
    expect(tag).toContain('controls preload="metadata"');
    expect(/og:image" content="([^"]+)"/.exec(html)?.[1]).toContain(kept.poster);
    const [, source = ''] = / src="([^"]+)"/.exec(tag) ?? [];
    const piece = await at.visit(source, { range: 'bytes=10-19' });
    expect(piece.status).toBe(206);
    expect(new Uint8Array(await piece.arrayBuffer())).toEqual(bytes.subarray(10, 20));
    expect(piece.headers.get('content-type')).toBe('video/mp4');
  });
});
