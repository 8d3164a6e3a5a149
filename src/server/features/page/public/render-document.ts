import { html } from 'hono/html';
import type { Config } from '#server/platform/config/index.ts';
import { pagePath } from '../addresses.ts';
import type { PageRow } from '../tables.ts';
import type { Html } from './render-text.ts';
import type { Voice } from './voice.ts';

/** What every rendering of a page needs. */
export interface Stage {
  config: Pick<Config, 'publicUrl' | 'mediaUrl' | 'websubHubs'>;
  /** Path of the stylesheet. */
  stylesheet: string;
  voice: Voice;
  page: PageRow;
}

/** What a document says of itself to search engines and to whoever shows a card of it. */
export interface Head {
  title: string;
  description: string;
  /** Full address. */
  canonical: string;
  kind: 'website' | 'article';
  /** Full address of a picture. */
  image?: { url: string; width: number; height: number; alt: string } | undefined;
  publishedAt?: Date;
  /** When its words were last corrected. */
  correctedAt?: Date | null;
}

const locales = { en: 'en_US', th: 'th_TH', vi: 'vi_VN', id: 'id_ID', eo: 'eo' } as const;

/** A whole document without a script: what it says of itself, and its body. */
export function renderDocument({ stylesheet, voice, page }: Stage, head: Head, body: Html): Html {
  const feed = (file: string, type: string, name: string): Html =>
    html`<link rel="alternate" type="${type}" title="${page.title} (${name})" href="${pagePath(page.address, file)}">`;
  return html`<!doctype html>
<html lang="${voice.language}" dir="ltr" prefix="og: https://ogp.me/ns#">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${head.title}</title>
<meta name="description" content="${head.description}">
<link rel="canonical" href="${head.canonical}">
<link rel="stylesheet" href="${stylesheet}">
${feed('feed.rss', 'application/rss+xml', 'RSS')}
${feed('feed.atom', 'application/atom+xml', 'Atom')}
${feed('feed.json', 'application/feed+json', 'JSON Feed')}
<meta property="og:type" content="${head.kind}">
<meta property="og:title" content="${head.title}">
<meta property="og:description" content="${head.description}">
<meta property="og:url" content="${head.canonical}">
<meta property="og:site_name" content="${page.title}">
<meta property="og:locale" content="${locales[voice.language]}">
${head.publishedAt ? html`<meta property="article:published_time" content="${head.publishedAt.toISOString()}">` : ''}
${head.correctedAt ? html`<meta property="article:modified_time" content="${head.correctedAt.toISOString()}">` : ''}
${head.image ? renderImageTags(head.image) : ''}
<meta name="twitter:card" content="${head.image ? 'summary_large_image' : 'summary'}">
</head>
<body>
${body}
</body>
</html>
`;
}

const renderImageTags = (
  image: NonNullable<Head['image']>,
): Html => html`<meta property="og:image" content="${image.url}">
<meta property="og:image:width" content="${image.width}">
<meta property="og:image:height" content="${image.height}">
<meta property="og:image:alt" content="${image.alt}">`;

/** The foot of every page: how to follow it, and what it does not do. */
export function renderFoot({ voice, page }: Stage): Html {
  const { t } = voice;
  return html`<footer class="foot">
<p><a href="${pagePath(page.address, 'feed.rss')}">${t('follow')}</a></p>
<p>${t('privacy')}</p>
</footer>`;
}

/** A round mark with the first letter of the name. */
export function renderMark(title: string): Html {
  const [letter] = new Intl.Segmenter(undefined, { granularity: 'grapheme' }).segment(title.trim());
  return html`<span class="mark" aria-hidden="true">${letter?.segment.toLocaleUpperCase() ?? ''}</span>`;
}
