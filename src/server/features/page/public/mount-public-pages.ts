import type { Context, Hono } from 'hono';
import { PageAddress } from '#contract/page.ts';
import type { House } from '#server/platform/context/index.ts';
import { chooseLanguage, createTexts, type Texts } from '#server/platform/texts/index.ts';
import { pagePath, pageUrl } from '../addresses.ts';
import { createCounter } from '../create-counter.ts';
import { findPicture } from '../pictures.ts';
import type { PageRow } from '../tables.ts';
import { createAnswer, htmlType } from './answer.ts';
import { findLinkTarget } from './find-link-target.ts';
import { isPerson } from './is-person.ts';
import { onPublicPage, type PublicPage } from './public-page.ts';
import { readPost, readStream } from './read-threads.ts';
import type { Stage } from './render-document.ts';
import { renderAtom, renderJsonFeed, renderRss } from './render-feeds.ts';
import { renderNotice } from './render-notice.ts';
import { renderPage } from './render-page.ts';
import { renderPost } from './render-post.ts';
import type { Html } from './render-text.ts';
import { type Feed, shapeFeed } from './shape-feed.ts';
import { readStylesheet } from './stylesheet.ts';
import { createVoice } from './voice.ts';

/** The public pages of all workspaces, as they are mounted. */
export interface PublicPages {
  /** Writes what was counted; call it when the last answer is out. */
  close(): Promise<void>;
  /** Writes what was counted so far. */
  flush(): Promise<void>;
}

const STREAM_LENGTH = 10;
const FEED_LENGTH = 20;
const YEAR_S = 31_536_000;

const feeds: Record<string, { type: string; render: (feed: Feed) => string }> = {
  'feed.rss': { type: 'application/rss+xml; charset=utf-8', render: renderRss },
  'feed.atom': { type: 'application/atom+xml; charset=utf-8', render: renderAtom },
  'feed.json': { type: 'application/feed+json; charset=utf-8', render: renderJsonFeed },
};

/** The feeds of a page, as they are called below its address. */
export const feedFiles: readonly string[] = Object.keys(feeds);

/**
 * Serves the businesses' public pages below /p/: the page, each post at its own address, feeds, counted links, and the
 * pictures. Answers hold no script and set no cookie; people's views and clicks are counted (see `createCounter`).
 */
export function mountPublicPages(
  app: Hono,
  house: Pick<House, 'db' | 'storage' | 'log'> & {
    config: Pick<House['config'], 'publicUrl' | 'mediaUrl' | 'websubHubs'>;
  },
  { texts = createTexts(), now }: { texts?: Texts; now?: () => Date } = {},
): PublicPages {
  const stylesheet = readStylesheet();
  const answer = createAnswer(house.config);
  const counter = createCounter({ house, ...(now ? { now } : {}) });

  const stageOf = async ({ page, zone }: PublicPage): Promise<Stage> => ({
    config: house.config,
    stylesheet: stylesheet.path,
    voice: await createVoice(texts, { language: page.language, zone }),
    page,
  });
  const say = async (c: Context, kind: 'gone' | 'missing' | 'unknown', page: PageRow | null = null) => {
    const language = page?.language ?? chooseLanguage(c.req.header('accept-language'));
    const t = (key: string, params?: Record<string, unknown>) => texts.t(language, `page:${key}`, params);
    const notice: Html = renderNotice({ stylesheet: stylesheet.path, language, t, kind, page });
    return answer.notice(kind === 'gone' ? 410 : 404, String(await notice));
  };
  /** Reads below an address of a page, leading on from old ones, and answers. */
  const below = async <T>(
    c: Context,
    read: Parameters<typeof onPublicPage<T>>[2],
    show: (found: PublicPage, value: T) => Promise<Response>,
  ): Promise<Response> => {
    const address = c.req.param('address') ?? '';
    const { pathname, search } = new URL(c.req.url);
    const rest = `${pathname.slice(pagePath(address).length)}${search}`;
    if (!PageAddress.safeParse(address).success) {
      const lower = address.toLowerCase();
      const isMeant = lower !== address && PageAddress.safeParse(lower).success;
      return isMeant ? answer.redirect(`${pagePath(lower)}${rest}`, 301) : say(c, 'unknown');
    }
    const result = await onPublicPage(house, address, read);
    if (result.state === 'unknown') return say(c, 'unknown');
    if (result.state === 'moved') return answer.redirect(`${pagePath(result.address)}${rest}`, 301);
    return show(result.found, result.value);
  };

  app.get(`/p/${stylesheet.name}`, () => answer.file(stylesheet.css, 'text/css; charset=utf-8', YEAR_S));

  app.get('/p/media/:key', async (c) => {
    const picture = await findPicture(house.storage, c.req.param('key'));
    return picture ? answer.kept(c.req.raw, picture.file, picture.mime, 86_400) : say(c, 'unknown');
  });

  app.get('/p/:address', (c) => {
    const before = c.req.query('before') ?? null;
    return below(
      c,
      (tx, { page }) => readStream(tx, page.id, { before, limit: STREAM_LENGTH }),
      async (found, stream) => {
        if (!stream) return say(c, 'missing', found.page);
        const document = await renderPage(await stageOf(found), { ...stream, before });
        if (isPerson(c.req.raw)) counter.countView({ ...placeOf(found), entryKey: null });
        return answer.fresh(c.req.raw, String(document), htmlType);
      },
    );
  });
  app.get('/p/:address/', (c) => {
    const address = PageAddress.safeParse(c.req.param('address'));
    return address.success ? answer.redirect(pagePath(address.data), 301) : say(c, 'unknown');
  });

  for (const [file, { type, render }] of Object.entries(feeds)) {
    app.get(`/p/:address/${file}`, (c) =>
      below(
        c,
        (tx, { page }) => readStream(tx, page.id, { before: null, limit: FEED_LENGTH }),
        async (found, stream) => {
          const feed = shapeFeed(await stageOf(found), stream?.threads ?? []);
          const links = [
            ...feed.hubs.map((hub) => `<${hub}>; rel="hub"`),
            `<${pageUrl(house.config, found.page.address, file)}>; rel="self"`,
          ];
          return answer.fresh(c.req.raw, render(feed), type, { link: links.join(', ') });
        },
      ),
    );
  }

  app.get('/p/:address/go/:link', (c) =>
    below(
      c,
      (tx, { page }) => findLinkTarget(tx, page, c.req.param('link')),
      async (found, target) => {
        if (!target) return say(c, 'missing', found.page);
        if (isPerson(c.req.raw)) counter.countClick({ ...placeOf(found), entryKey: target.entryKey }, target);
        return answer.redirect(target.url, 302);
      },
    ),
  );

  app.get('/p/:address/:slug', (c) =>
    below(
      c,
      (tx, { page }) => readPost(tx, page.id, c.req.param('slug')),
      async (found, post) => {
        if (!post) return say(c, 'missing', found.page);
        if (post === 'gone') return say(c, 'gone', found.page);
        const document = await renderPost(await stageOf(found), post);
        if (isPerson(c.req.raw)) counter.countView({ ...placeOf(found), entryKey: post.first.id });
        return answer.fresh(c.req.raw, String(document), htmlType);
      },
    ),
  );

  return { close: counter.close, flush: counter.flush };
}

const placeOf = ({ workspaceId, page, zone }: PublicPage) => ({ workspaceId, pageId: page.id, zone });
