import type { IncomingMessage } from 'node:http';
import type { Answer } from '../answer.ts';
import { matchPath } from '../match-path.ts';
import type { Network } from '../network.ts';
import { answerPage, pageHeaders } from './answer-page.ts';
import { renderNotice } from './render-notice.ts';
import { renderAccount, renderHome, renderPost } from './render-posts.ts';
import { stylesheet } from './stylesheet.ts';
import { chooseWords } from './words.ts';

/** The pages on which a person sees what was posted. */
export async function answerPages(network: Network, request: IncomingMessage, url: URL): Promise<Answer> {
  const words = chooseWords(request.headers['accept-language']);
  const { pathname } = url;
  if (pathname === '/') return answerPage(200, await renderHome(words, network));
  if (pathname === '/style.css') {
    return { status: 200, headers: { ...pageHeaders, 'content-type': 'text/css; charset=utf-8' }, body: stylesheet };
  }
  const picture = matchPath('/pictures/:id', pathname);
  const kept = picture && network.media.read(picture['id'] ?? '');
  if (kept) return { status: 200, headers: { ...pageHeaders, 'content-type': kept.mime }, body: kept.bytes };
  const account = pathname.startsWith('/@') ? network.accounts.findByHandle(pathname.slice(2)) : null;
  if (account) return answerPage(200, await renderAccount(words, network, account));
  const post = network.posts.find(matchPath('/posts/:id', pathname)?.['id'] ?? '');
  if (post && post.state === 'live' && !post.deletedAt) {
    network.posts.view(post.id);
    return answerPage(200, await renderPost(words, network, post));
  }
  return answerPage(404, await renderNotice(words, words.notFound));
}
