import { html } from 'hono/html';
import type { KeptPicture } from '#connectors/page/index.ts';
import { pageUrl, pictureUrl } from '../addresses.ts';
import { nameEntryLink } from '../name-link.ts';
import { isVideoKey, mimeOfPicture } from '../pictures.ts';
import type { EntryRow } from '../tables.ts';
import { titleOf } from './excerpt.rules.ts';
import type { Thread } from './public-page.ts';
import type { Stage } from './render-document.ts';
import { type Html, renderText } from './render-text.ts';

/** The stream as every kind of feed tells it. All addresses are full ones. */
export interface Feed {
  id: string;
  title: string;
  about: string;
  home: string;
  language: string;
  updatedAt: Date;
  /** Hubs that hear of changes, where a reader may subscribe. */
  hubs: readonly string[];
  items: FeedItem[];
}

export interface FeedItem {
  /** urn:uuid:…, the same for good, whatever becomes of addresses. */
  id: string;
  url: string;
  title: string;
  html: string;
  text: string;
  language: string;
  at: Date;
  /** When a part of it was last corrected; the time of publication when none was. */
  updatedAt: Date;
  pictures: { url: string; mime: string; sizeBytes: number; alt: string }[];
}

export function shapeFeed(stage: Stage, threads: Thread[]): Feed {
  const { page, config, voice } = stage;
  const items = threads.map((thread) => shapeItem(stage, thread));
  const newest = Math.max(page.updated_at.getTime(), ...items.map((item) => item.updatedAt.getTime()));
  return {
    id: `urn:uuid:${page.id}`,
    title: page.title,
    about: page.about,
    home: pageUrl(config, page.address),
    language: voice.language,
    updatedAt: new Date(newest),
    hubs: config.websubHubs,
    items,
  };
}

function shapeItem(stage: Stage, { first, beneath }: Thread): FeedItem {
  const { config, page, voice } = stage;
  const parts = [first, ...beneath];
  return {
    id: `urn:uuid:${first.id.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')}`,
    url: pageUrl(config, page.address, first.slug ?? ''),
    title: titleOf(first.text) || voice.format.longDate(first.published_at),
    html: parts.map((part) => String(renderPart(stage, part))).join('<hr>'),
    text: parts
      .map((part) => part.text)
      .filter((text) => text !== '')
      .join('\n\n'),
    language: first.language,
    at: first.published_at,
    updatedAt: correctedAtOf(parts) ?? first.published_at,
    pictures: parts.flatMap((part) => part.media.map((picture) => shapePicture(stage, picture))),
  };
}

const shapePicture = ({ config }: Stage, { key, sizeBytes, alt }: KeptPicture) => ({
  url: pictureUrl(config, key),
  mime: mimeOfPicture(key) ?? 'application/octet-stream',
  sizeBytes,
  alt,
});

/** Markup that readers of feeds keep: paragraphs, breaks, links, pictures. */
function renderPart({ config, page }: Stage, entry: EntryRow): Html {
  const to = (url: string) => pageUrl(config, page.address, `go/${nameEntryLink(entry.id, url)}`);
  const paragraphs = entry.text.split(/\n{2,}/).filter((paragraph) => paragraph.trim() !== '');
  const lines = (paragraph: string): Html[] =>
    paragraph.split('\n').map((line, at) => html`${at === 0 ? '' : html`<br>`}${renderText(line, { to }).body}`);
  const { link } = entry;
  return html`${paragraphs.map((paragraph) => html`<p>${lines(paragraph)}</p>`)}${entry.media.map(
    ({ key, alt, width, height }) =>
      isVideoKey(key)
        ? html`<p><video src="${pictureUrl(config, key)}" width="${width}" height="${height}" controls preload="metadata"></video></p>`
        : html`<p><img src="${pictureUrl(config, key)}" alt="${alt}" width="${width}" height="${height}"></p>`,
  )}${link ? html`<p><a href="${to(link.url)}">${link.title || link.url}</a></p>` : ''}`;
}

/** The last correction of any part; null when there is none. */
export const correctedAtOf = (parts: readonly EntryRow[]): Date | null =>
  parts.reduce<Date | null>((last, { corrected_at: at }) => (at && (!last || at > last) ? at : last), null);
