import { html } from 'hono/html';
import type { EntryLink, KeptPicture } from '#connectors/page/index.ts';
import { pagePath, partAnchor, pictureSource } from '../addresses.ts';
import { nameEntryLink } from '../name-link.ts';
import { isVideoKey } from '../pictures.ts';
import type { EntryRow } from '../tables.ts';
import type { Thread } from './public-page.ts';
import type { Stage } from './render-document.ts';
import { type Html, renderText } from './render-text.ts';
import { correctedAtOf } from './shape-feed.ts';

/** A text longer than this (UTF-16 units) is cut in the stream and whole at its own address. */
const STREAM_TEXT_MAX = 560;

/** One post in the stream: its first part, its time leading to its own address. */
export function renderStreamEntry(stage: Stage, thread: Thread, { isFirst }: { isFirst: boolean }): Html {
  const { voice, page } = stage;
  const { first, beneath } = thread;
  const home = pagePath(page.address, first.slug ?? '');
  const { said, isWhole } = renderSaid(stage, first, { max: STREAM_TEXT_MAX, eager: isFirst });
  const more =
    beneath.length > 0 ? voice.t('readOnParts', { count: beneath.length }) : isWhole ? null : voice.t('readOn');
  return html`<article class="post" itemscope itemtype="https://schema.org/SocialMediaPosting">
<a class="when" itemprop="url" href="${home}"><time itemprop="datePublished" datetime="${first.published_at.toISOString()}">${voice.format.longDate(first.published_at)}</time></a>
${said}
${more === null ? '' : html`<p class="more"><a href="${home}">${more}</a></p>`}
</article>`;
}

/** A whole post at its own address, with the parts of its thread beneath one another. */
export function renderWholeEntry(stage: Stage, { first, beneath }: Thread): Html {
  const { voice, page } = stage;
  const corrected = correctedAtOf([first, ...beneath]);
  return html`<article class="post whole" itemscope itemtype="https://schema.org/SocialMediaPosting">
<p class="when"><time itemprop="datePublished" datetime="${first.published_at.toISOString()}">${voice.format.longDateTime(first.published_at)}</time>${corrected ? html`<span class="corrected">${voice.t('corrected', { time: voice.format.longDateTime(corrected) })}<meta itemprop="dateModified" content="${corrected.toISOString()}"></span>` : ''}</p>
<meta itemprop="author" content="${page.title}">
${renderSaid(stage, first, { eager: true }).said}
${beneath.map((part) => html`<section class="part" id="${partAnchor(part.id)}">${renderSaid(stage, part, {}).said}</section>`)}
</article>`;
}

function renderSaid(
  stage: Stage,
  entry: EntryRow,
  { max, eager = false }: { max?: number; eager?: boolean },
): { said: Html; isWhole: boolean } {
  const { config, page } = stage;
  const to = (url: string) => pagePath(page.address, `go/${nameEntryLink(entry.id, url)}`);
  const { body, isWhole } = renderText(entry.text, { to, ...(max !== undefined && { max }) });
  const card = entry.link;
  const picture = (kept: KeptPicture, at: number): Html =>
    isVideoKey(kept.key)
      ? html`<video itemprop="video" src="${pictureSource(config, kept.key)}" ${kept.poster === undefined ? '' : html`poster="${pictureSource(config, kept.poster)}"`} aria-label="${kept.alt}" width="${kept.width}" height="${kept.height}" controls preload="metadata" playsinline></video>`
      : html`<img itemprop="image" src="${pictureSource(config, kept.key)}" alt="${kept.alt}" width="${kept.width}" height="${kept.height}" decoding="async" loading="${eager && at === 0 ? 'eager' : 'lazy'}">`;
  const said = html`<div lang="${entry.language}" dir="auto">
${entry.text === '' ? '' : html`<div class="text" itemprop="articleBody">${body}</div>`}
${entry.media.length === 0 ? '' : html`<div class="pictures ${entry.media.length > 1 ? 'many' : 'one'}">${entry.media.map(picture)}</div>`}
${card ? renderCard(stage, card, { href: to(card.url), picture: card.image ? picture({ ...card.image, alt: '' }, 1) : '' }) : ''}
</div>`;
  return { said, isWhole };
}

/** A link beneath a text. Where it leads where one of the page's own links leads, it says what that one says. */
function renderCard(
  { page }: Stage,
  { url, title, description }: EntryLink,
  { href, picture }: { href: string; picture: Html | '' },
): Html {
  const host = hostOf(url);
  const own = page.links.find((link) => link.url === url)?.label;
  const said = own ?? (title || host);
  return html`<a class="card" href="${href}">${picture}<span class="card-text"><span class="card-title">${said}</span>${description ? html`<span class="card-about">${description}</span>` : ''}${said === host ? '' : html`<span class="card-host">${host}</span>`}</span></a>`;
}

/** The host of an address as people write it. */
export const hostOf = (url: string): string => (URL.canParse(url) ? new URL(url).host.replace(/^www\./, '') : url);
