import { html } from 'hono/html';
import { shortKey } from '../address.rules.ts';
import { pagePath, pageUrl, pictureUrl } from '../addresses.ts';
import { namePageLink } from '../name-link.ts';
import { shorten } from './excerpt.rules.ts';
import type { Thread } from './public-page.ts';
import { renderDocument, renderFoot, renderMark, type Stage } from './render-document.ts';
import { hostOf, renderStreamEntry } from './render-entry.ts';
import { type Html, renderText } from './render-text.ts';

/** What of the stream is shown. */
export interface StreamPart {
  threads: Thread[];
  /** Short key that this part begins after; null at the newest. */
  before: string | null;
  hasOlder: boolean;
}

/** The page itself: who it is, its links, and its posts from the newest on. */
export function renderPage(stage: Stage, stream: StreamPart): Html {
  const { voice, page, config } = stage;
  const { threads, before, hasOlder } = stream;
  const last = threads.at(-1)?.first;
  const [shown] = threads.flatMap(({ first }) => first.media);
  const query = before === null ? '' : `?before=${before}`;
  const head = {
    title: page.title,
    description: shorten(page.about, 200) || page.title,
    canonical: `${pageUrl(config, page.address)}${query}`,
    kind: 'website' as const,
    image: shown && { ...shown, url: pictureUrl(config, shown.poster ?? shown.key) },
  };
  const body = html`<div class="page">
<header class="who" itemscope itemtype="https://schema.org/Organization">
${renderMark(page.title)}
<h1 itemprop="name">${page.title}</h1>
${page.about === '' ? '' : html`<div class="about" itemprop="description" dir="auto">${renderAbout(page.about)}</div>`}
${page.links.length === 0 ? '' : renderLinks(stage)}
</header>
<main class="stream">
<h2>${voice.t(before === null ? 'latest' : 'earlier')}</h2>
${threads.length === 0 ? html`<p class="empty">${voice.t('empty')}</p>` : threads.map((thread, at) => renderStreamEntry(stage, thread, { isFirst: at === 0 }))}
${
  before === null && !hasOlder
    ? ''
    : html`<nav class="turn" aria-label="${voice.t('turn')}">${before === null ? '' : html`<a href="${pagePath(page.address)}">${voice.t('newest')}</a>`}${hasOlder && last ? html`<a rel="next" href="${pagePath(page.address)}?before=${shortKey(last.id)}">${voice.t('older')}</a>` : ''}</nav>`
}
</main>
${renderFoot(stage)}
</div>`;
  return renderDocument(stage, head, body);
}

/** Links in the introduction lead straight there: only what is in the list or in a post is counted. */
const renderAbout = (about: string): Html[] => renderText(about, { to: (url) => url }).body;

/** A number to call rings at once; everything else goes by the counted address. */
const renderLinks = ({ page, voice }: Stage): Html => html`<nav class="links" aria-label="${voice.t('links')}">
${page.links.map(({ label, url }) =>
  url.startsWith('tel:')
    ? html`<a href="${url}"><span class="label" dir="auto">${label}</span>${label.replace(/\D/g, '').includes(url.replace(/\D/g, '')) ? '' : html`<span class="host">${url.slice('tel:'.length)}</span>`}</a>`
    : html`<a href="${pagePath(page.address, `go/${namePageLink(url)}`)}"><span class="label" dir="auto">${label}</span><span class="host">${hostOf(url)}</span></a>`,
)}
</nav>`;
