import { html } from 'hono/html';
import type { Network } from '../network.ts';
import type { Account } from '../open-accounts.ts';
import type { Post } from '../open-posts.ts';
import { type Html, renderDocument } from './render-document.ts';
import type { Words } from './words.ts';

const shownAtOnce = 50;

/** What everyone posted, newest first. */
export function renderHome(words: Words, network: Network): Promise<string> {
  const body = html`<h1>${words.title}</h1><p>${words.lead}</p>${renderList(words, network)}`;
  return renderDocument(words, words.title, body);
}

/** What one account posted, newest first. */
export function renderAccount(words: Words, network: Network, account: Account): Promise<string> {
  const list = renderList(words, network, account);
  const body = html`<h1><bdi>${account.name}</bdi></h1><p>@${account.handle}</p>${list}`;
  return renderDocument(words, `${account.name} (@${account.handle})`, body);
}

/** One post with what hangs beneath it. */
export function renderPost(words: Words, network: Network, post: Post): Promise<string> {
  const replies = network.posts.repliesTo(post.id);
  const acts = network.posts.actsOn(post.id);
  const count = (kind: string) => acts.filter((it) => it.kind === kind).length;
  const section = (title: string, posts: Post[]) =>
    posts.length === 0 ? '' : html`<h2>${title}</h2>${posts.map((it) => renderOne(words, network, it))}`;
  const body = html`${renderOne(words, network, post)}
<p class="quiet">${words.likes} ${count('like')} · ${words.shares} ${count('share')} · ${words.views} ${network.posts.viewsOf(post.id)}</p>
${section(
  words.thread,
  replies.filter((it) => !it.isComment),
)}
${section(
  words.comments,
  replies.filter((it) => it.isComment),
)}`;
  return renderDocument(words, words.title, body);
}

/** The newest posts, of one account or everyone, without what hangs beneath others. */
function renderList(words: Words, network: Network, account?: Account): Html {
  const posts = network.posts
    .listLive()
    .filter((it) => it.replyTo === null && (account === undefined || it.accountId === account.id))
    .slice(0, shownAtOnce);
  if (posts.length === 0) return html`<p>${words.nothingYet}</p>`;
  return html`${posts.map((it) => renderOne(words, network, it))}`;
}

function renderOne(words: Words, network: Network, post: Post): Html {
  const account = network.accounts.find(post.accountId);
  const at = post.at.toISOString();
  return html`<article>
<p class="quiet"><a href="/@${account?.handle ?? ''}"><bdi>${account?.name ?? ''}</bdi> @${account?.handle ?? ''}</a>
<a href="/posts/${post.id}"><time datetime="${at}">${at.slice(0, 16).replace('T', ' ')} UTC</time></a>
${post.editedAt ? `· ${words.edited}` : ''}</p>
<p class="text" dir="auto" lang="${post.language}">${post.text}</p>
${post.media.map((it) => renderMedium(network, it))}
${renderLink(post.link)}
</article>`;
}

function renderMedium(network: Network, { id, alt }: Post['media'][number]): Html {
  const isVideo = network.media.read(id)?.mime.startsWith('video/') === true;
  return isVideo
    ? html`<video src="/pictures/${id}" aria-label="${alt}" controls preload="metadata"></video>`
    : html`<img src="/pictures/${id}" alt="${alt}">`;
}

/** The address stands beside the title, so that nobody is led elsewhere than it says. */
function renderLink(link: Post['link']): Html | '' {
  if (!link || !/^https?:\/\//.test(link.url)) return '';
  const { image } = link;
  return html`<p class="link">${image === null ? '' : html`<img src="/pictures/${image}" alt="">`}<a href="${link.url}" rel="noopener nofollow"><bdi>${link.title || link.url}</bdi></a>
<span class="quiet">${link.url}</span><br>${link.description}</p>`;
}
