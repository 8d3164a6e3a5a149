import { html } from 'hono/html';
import { pagePath, pageUrl, pictureUrl } from '../addresses.ts';
import { shorten, titleOf } from './excerpt.rules.ts';
import type { Thread } from './public-page.ts';
import { renderDocument, renderFoot, renderMark, type Stage } from './render-document.ts';
import { renderWholeEntry } from './render-entry.ts';
import type { Html } from './render-text.ts';
import { correctedAtOf } from './shape-feed.ts';

/** A post at its permanent address. */
export function renderPost(stage: Stage, thread: Thread): Html {
  const { page, config, voice } = stage;
  const { first } = thread;
  const [shown] = first.media;
  const title = titleOf(first.text, 70);
  const head = {
    title: title === '' ? page.title : `${title} · ${page.title}`,
    description: shorten(first.text, 200) || shown?.alt || page.title,
    canonical: pageUrl(config, page.address, first.slug ?? ''),
    kind: 'article' as const,
    image: shown && { ...shown, url: pictureUrl(config, shown.poster ?? shown.key) },
    publishedAt: first.published_at,
    correctedAt: correctedAtOf([first, ...thread.beneath]),
  };
  const body = html`<div class="page narrow">
<header class="home"><a href="${pagePath(page.address)}">${renderMark(page.title)}<span>${page.title}</span></a></header>
<main>
<h1 class="unseen">${title === '' ? voice.format.longDate(first.published_at) : title}</h1>
${renderWholeEntry(stage, thread)}
<p class="back"><a href="${pagePath(page.address)}">${voice.t('more', { title: page.title })}</a></p>
</main>
${renderFoot(stage)}
</div>`;
  return renderDocument(stage, head, body);
}
