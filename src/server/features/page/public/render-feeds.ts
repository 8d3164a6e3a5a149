import type { Feed, FeedItem } from './shape-feed.ts';

/** Writes text for XML 1.0: marks escaped, what no XML may hold left out. */
const x = (text: string): string =>
  text
    .toWellFormed()
    .replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '')
    .replace(/[&<>"']/g, (mark) => `&#${mark.charCodeAt(0)};`);

/** RSS 2.0 (rssboard.org/rss-specification, 2026-11-22). An item has one enclosure: readers know no more; the others are in its text. */
export function renderRss(feed: Feed): string {
  const item = ({ id, url, title, html, at, pictures }: FeedItem): string => {
    const [picture] = pictures;
    return `<item>
<title>${x(title)}</title>
<link>${x(url)}</link>
<guid isPermaLink="false">${x(id)}</guid>
<pubDate>${at.toUTCString()}</pubDate>
<description>${x(html)}</description>${picture ? `\n<enclosure url="${x(picture.url)}" length="${picture.sizeBytes}" type="${x(picture.mime)}"/>` : ''}
</item>`;
  };
  return `<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom">
<channel>
<title>${x(feed.title)}</title>
<link>${x(feed.home)}</link>
<description>${x(feed.about || feed.title)}</description>
<language>${x(feed.language)}</language>
<lastBuildDate>${feed.updatedAt.toUTCString()}</lastBuildDate>
<atom:link rel="self" type="application/rss+xml" href="${x(`${feed.home}/feed.rss`)}"/>
${feed.hubs.map((hub) => `<atom:link rel="hub" href="${x(hub)}"/>\n`).join('')}${feed.items.map(item).join('\n')}
</channel>
</rss>
`;
}

/** Atom 1.0 (RFC 4287). */
export function renderAtom(feed: Feed): string {
  const item = ({
    id,
    url,
    title,
    html,
    at,
    updatedAt,
    language,
    pictures,
  }: FeedItem): string => `<entry xml:lang="${x(language)}">
<id>${x(id)}</id>
<title>${x(title)}</title>
<link rel="alternate" type="text/html" href="${x(url)}"/>
<published>${at.toISOString()}</published>
<updated>${updatedAt.toISOString()}</updated>
<content type="html">${x(html)}</content>${pictures.map((picture) => `\n<link rel="enclosure" href="${x(picture.url)}" length="${picture.sizeBytes}" type="${x(picture.mime)}"/>`).join('')}
</entry>`;
  return `<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="${x(feed.language)}">
<id>${x(feed.id)}</id>
<title>${x(feed.title)}</title>
${feed.about ? `<subtitle>${x(feed.about)}</subtitle>\n` : ''}<updated>${feed.updatedAt.toISOString()}</updated>
<author><name>${x(feed.title)}</name></author>
<link rel="self" type="application/atom+xml" href="${x(`${feed.home}/feed.atom`)}"/>
${feed.hubs.map((hub) => `<link rel="hub" href="${x(hub)}"/>\n`).join('')}<link rel="alternate" type="text/html" href="${x(feed.home)}"/>
${feed.items.map(item).join('\n')}
</feed>
`;
}

/** JSON Feed 1.1 (jsonfeed.org/version/1.1, 2026-11-22). */
export function renderJsonFeed(feed: Feed): string {
  return JSON.stringify({
    version: 'https://jsonfeed.org/version/1.1',
    title: feed.title,
    home_page_url: feed.home,
    feed_url: `${feed.home}/feed.json`,
    ...(feed.hubs.length > 0 && { hubs: feed.hubs.map((url) => ({ type: 'WebSub', url })) }),
    ...(feed.about && { description: feed.about }),
    language: feed.language,
    authors: [{ name: feed.title, url: feed.home }],
    items: feed.items.map((item) => ({
      id: item.id,
      url: item.url,
      title: item.title,
      content_html: item.html,
      content_text: item.text,
      date_published: item.at.toISOString(),
      ...(item.updatedAt > item.at && { date_modified: item.updatedAt.toISOString() }),
      language: item.language,
      ...(item.pictures[0] && { image: item.pictures[0].url }),
      ...(item.pictures.length > 0 && {
        attachments: item.pictures.map(({ url, mime, sizeBytes, alt }) => ({
          url,
          mime_type: mime,
          size_in_bytes: sizeBytes,
          ...(alt && { title: alt }),
        })),
      }),
    })),
  });
}
