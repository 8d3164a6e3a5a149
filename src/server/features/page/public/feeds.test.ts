import { Parser } from 'htmlparser2';
import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { makeEntry, makePage } from '../testing.ts';
import { hostile, usePublicPages } from './testing.ts';

const at = usePublicPages();

/** What stands in a well-formed document: its elements with their attributes, and the first text of each name. */
async function readXml(xml: string) {
  // The database's own strict parser: it refuses what is not well-formed.
  await at.test.database.outside((tx) => sql`SELECT xmlparse(document ${xml})`.execute(tx));
  const names: string[] = [];
  const text = new Map<string, string>();
  const attributes: Record<string, string>[] = [];
  let now = '';
  const parser = new Parser(
    {
      onopentag: (name, given) => {
        names.push(name);
        attributes.push({ name, ...given });
        now = '';
      },
      ontext: (piece) => {
        now += piece;
      },
      onclosetag: (name) => {
        if (!text.has(name)) text.set(name, now);
        now = '';
      },
    },
    { xmlMode: true, decodeEntities: true },
  );
  parser.end(xml);
  return { names, text, attributes };
}

describe('feeds', () => {
  const sample = async () => {
    const made = await makePage(at.test.database, { title: `Bread & "Rolls" <b>`, about: hostile });
    const kept = { key: `${'b'.repeat(64)}.jpg`, width: 3, height: 2, alt: 'Rolls', sizeBytes: 1234 };
    const { path } = await at.publish(made.pageId, {
      text: `Rolls & ${hostile}\u0001\n\nAt https://a.example/x?y=1&z=2`,
      media: [kept],
    });
    return { ...made, url: `https://goalpost.test${path}` };
  };

  it('RSS 2.0 is well-formed and has what readers need', async () => {
    const { address, url } = await sample();
    const answer = await at.visit(`/p/${address}/feed.rss`);
    expect(answer.headers.get('content-type')).toContain('application/rss+xml');
    const { names, text, attributes } = await readXml(await answer.text());
    for (const name of ['rss', 'channel', 'title', 'link', 'description', 'item', 'guid', 'pubDate', 'enclosure']) {
      expect(names).toContain(name);
    }
    expect(text.get('title')).toBe(`Bread & "Rolls" <b>`);
    expect(text.get('link')).toBe(`https://goalpost.test/p/${address}`);
    expect(Number.isNaN(Date.parse(text.get('pubDate') ?? ''))).toBe(false);
    expect(attributes).toContainEqual({
      name: 'enclosure',
      url: `https://goalpost.test/p/media/${'b'.repeat(64)}.jpg`,
      length: '1234',
      type: 'image/jpeg',
    });
    expect(await (await at.visit(`/p/${address}/feed.rss`)).text()).toContain(`<link>${url}</link>`);
  });

  it('Atom 1.0 is well-formed and has what readers need', async () => {
    const { address, url } = await sample();
    const { names, attributes, text } = await readXml(await (await at.visit(`/p/${address}/feed.atom`)).text());
    for (const name of ['feed', 'id', 'title', 'updated', 'author', 'name', 'entry', 'published', 'content']) {
      expect(names).toContain(name);
    }
    expect(attributes[0]).toMatchObject({ xmlns: 'http://www.w3.org/2005/Atom' });
    expect(attributes).toContainEqual(
      expect.objectContaining({ rel: 'self', href: `https://goalpost.test/p/${address}/feed.atom` }),
    );
    expect(attributes).toContainEqual(expect.objectContaining({ rel: 'alternate', href: url }));
    expect(attributes).toContainEqual(expect.objectContaining({ rel: 'enclosure', type: 'image/jpeg' }));
    expect(text.get('content')).not.toMatch(/<script|<b>/);
  });

  it('JSON Feed 1.1 has what readers need', async () => {
    const { address, url } = await sample();
    const answer = await at.visit(`/p/${address}/feed.json`);
    expect(answer.headers.get('content-type')).toContain('application/feed+json');
    expect(await answer.json()).toMatchObject({
      version: 'https://jsonfeed.org/version/1.1',
      title: `Bread & "Rolls" <b>`,
      feed_url: `https://goalpost.test/p/${address}/feed.json`,
      items: [
        {
          id: expect.stringMatching(/^urn:uuid:/),
          url,
          attachments: [{ mime_type: 'image/jpeg', size_in_bytes: 1234 }],
        },
      ],
    });
  });

  it('say that a post was corrected, and drop one that was taken down', async () => {
    const { pageId, address } = await makePage(at.test.database);
    const corrected = makeEntry({ text: 'Fersh rolls.' });
    const removed = makeEntry({ text: 'Never mind.' });
    for (const entry of [corrected, removed]) await at.store.publish(pageId, entry, () => undefined);
    const read = async () => (await (await at.visit(`/p/${address}/feed.json`)).json()) as { items: FeedJsonItem[] };
    expect((await read()).items.map((item) => item.date_modified)).toEqual([undefined, undefined]);
    await new Promise((resolve) => setTimeout(resolve, 5));
    await at.store.correct(pageId, { ...corrected, text: 'Fresh rolls.' });
    await at.store.remove(pageId, removed.key);
    const { items } = await read();
    expect(items.map((item) => item.content_text)).toEqual(['Fresh rolls.']);
    const [item] = items;
    expect(Date.parse(item?.date_modified ?? '')).toBeGreaterThan(Date.parse(item?.date_published ?? ''));
    const { text } = await readXml(await (await at.visit(`/p/${address}/feed.atom`)).text());
    expect(text.get('published')).toBe(item?.date_published);
    const atom = await (await at.visit(`/p/${address}/feed.atom`)).text();
    expect(atom).toContain(`<published>${item?.date_published}</published>\n<updated>${item?.date_modified}</updated>`);
    expect(Date.parse(text.get('updated') ?? '')).toBeGreaterThanOrEqual(Date.parse(item?.date_modified ?? ''));
  });

  it.each([
    ['feed.rss', '<atom:link rel="hub" href="https://hub.example/"/>'],
    ['feed.atom', '<link rel="hub" href="https://hub.example/"/>'],
    ['feed.json', '"hubs":[{"type":"WebSub","url":"https://hub.example/"}]'],
  ])('name the hub where readers may subscribe: %s', async (file, piece) => {
    const { address } = await makePage(at.test.database);
    const answer = await at.visit(`/p/${address}/${file}`);
    expect(await answer.text()).toContain(piece);
    expect(answer.headers.get('link')).toBe(
      `<https://hub.example/>; rel="hub", <https://goalpost.test/p/${address}/${file}>; rel="self"`,
    );
  });
});

interface FeedJsonItem {
  content_text: string;
  date_published: string;
  date_modified?: string;
}
