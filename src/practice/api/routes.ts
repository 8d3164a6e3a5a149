import { z } from 'zod';
import type { Answer } from '../answer.ts';
import { type Account, NewAccount } from '../open-accounts.ts';
import type { NewPost } from '../open-posts.ts';
import { ApiRefusal } from '../refusal.ts';
import type { Ask } from './ask.ts';
import { presentPost, presentSession } from './present.ts';
import { readJson } from './read-json.ts';
import { readContent, readNewPost } from './read-post.ts';
import type { Route } from './route.ts';
import { uploadRoutes } from './upload-routes.ts';

/** Calls of whoever is not signed in. `handle` says whose orders hold. */
export const openRoutes: (Route & {
  handle(ask: Ask): string | null;
  run(ask: Ask): Answer;
})[] = [
  {
    method: 'POST',
    path: '/api/v1/accounts',
    call: null,
    handle: () => null,
    run: ({ network, json, origin }) => {
      const account = network.accounts.open(readJson(NewAccount, json));
      return { status: 201, body: { id: account.id, handle: account.handle, address: `${origin}/@${account.handle}` } };
    },
  },
  {
    method: 'POST',
    path: '/api/v1/sessions',
    call: 'sign-in',
    handle: ({ json }) => Credentials.safeParse(json).data?.handle ?? null,
    run: ({ network, json, origin }) => {
      const { handle, password } = readJson(Credentials, json);
      const { account, tokens } = network.accounts.signIn(handle, password);
      return { status: 201, body: presentSession(account, tokens, origin) };
    },
  },
  {
    method: 'POST',
    path: '/api/v1/sessions/refresh',
    call: 'refresh',
    handle: ({ network, json }) =>
      network.accounts.findByRefreshToken(Refresh.safeParse(json).data?.refreshToken ?? '')?.handle ?? null,
    run: ({ network, json, origin }) => {
      const { account, tokens } = network.accounts.refresh(readJson(Refresh, json).refreshToken);
      return { status: 200, body: presentSession(account, tokens, origin) };
    },
  },
];

/** Calls of an account that is signed in. */
export const accountRoutes: (Route & { run(ask: Ask, account: Account): Answer })[] = [
  ...uploadRoutes,
  {
    method: 'GET',
    path: '/api/v1/me',
    call: 'figures',
    run: ({ network, origin }, { id, handle, name, kind }) => {
      const followers = network.posts.followersOf(id);
      return { status: 200, body: { id, handle, name, kind, address: `${origin}/@${handle}`, followers } };
    },
  },
  {
    method: 'POST',
    path: '/api/v1/media',
    call: 'media',
    run: ({ network, bytes }, account) => ({
      status: 201,
      body: { id: network.media.keep(account.id, bytes), state: 'ready' },
    }),
  },
  {
    method: 'POST',
    path: '/api/v1/posts',
    call: ({ json }) => (z.object({ comment: z.literal(true) }).safeParse(json).success ? 'comment' : 'post'),
    run: (ask, account) => {
      const header = ask.headers['idempotency-key'];
      const given = typeof header === 'string' && header !== '' ? header.slice(0, 200) : null;
      const { key, written } = takeContainer(ask, account) ?? { key: given, written: readNewPost(ask) };
      const post = ask.network.posts.create(account, written, { key, work: ask.work });
      if (post.state === 'processing') return { status: 202, body: { state: 'processing', token: post.id } };
      return { status: 201, body: presentPost(ask, post) };
    },
  },
  {
    method: 'POST',
    path: '/api/v1/containers',
    call: 'media',
    run: (ask, account) => {
      const id = `c${ask.network.containers.size + 1}`;
      ask.network.containers.set(id, { accountId: account.id, written: readNewPost(ask) });
      return { status: 201, body: { id } };
    },
  },
  {
    method: 'GET',
    path: '/api/v1/containers/:id',
    call: 'read',
    run: (ask, account) => {
      const id = ask.params['id'] ?? '';
      if (ask.network.containers.get(id)?.accountId !== account.id) throw noContainer();
      const post = ask.network.posts.findByKey(account, keyOfContainer(id));
      return { status: 200, body: post ? { state: 'published', post: presentPost(ask, post) } : { state: 'ready' } };
    },
  },
  {
    method: 'GET',
    path: '/api/v1/posts',
    call: 'read',
    run: (ask, account) => {
      if (account.kind === 'repeat' || account.kind === 'blind') throw notReadable();
      const limit = Math.min(100, Math.max(1, Number(ask.query.get('limit')) || 50));
      const range = { after: ask.query.get('after'), before: ask.query.get('before'), limit: limit + 1 };
      const found = ask.network.posts.listOf(account, range);
      const posts = found.slice(0, limit);
      const more = found.length > limit ? (posts.at(-1)?.id ?? null) : null;
      return { status: 200, body: { posts: posts.map((post) => presentPost(ask, post)), before: more } };
    },
  },
  {
    method: 'GET',
    path: '/api/v1/posts/by-key/:key',
    call: 'read',
    run: (ask, account) => {
      if (account.kind !== 'keyed') throw new ApiRefusal(404, 'keys-not-kept', 'This account keeps no keys.');
      const post = ask.network.posts.findByKey(account, ask.params['key'] ?? '');
      if (!post) throw new ApiRefusal(404, 'not-found', 'There is no post with this key.');
      return { status: 200, body: presentPost(ask, post) };
    },
  },
  {
    method: 'GET',
    path: '/api/v1/processing/:token',
    call: 'read',
    run: (ask, account) => {
      const post = ask.network.posts.ask(account, ask.params['token'] ?? '');
      if (post.state === 'failed') return { status: 200, body: { state: 'failed', reason: 'not-playable' } };
      if (post.state === 'processing') return { status: 200, body: { state: 'processing' } };
      return { status: 200, body: { state: 'live', post: presentPost(ask, post) } };
    },
  },
  {
    method: 'PUT',
    path: '/api/v1/posts/:id',
    call: 'edit',
    run: (ask, account) => ({
      status: 200,
      body: presentPost(ask, ask.network.posts.edit(account, ask.params['id'] ?? '', readContent(ask))),
    }),
  },
  {
    method: 'DELETE',
    path: '/api/v1/posts/:id',
    call: 'delete',
    run: ({ network, params }, account) => {
      network.posts.remove(account, params['id'] ?? '');
      return { status: 200, body: {} };
    },
  },
  {
    method: 'GET',
    path: '/api/v1/figures',
    call: 'figures',
    run: ({ network: { posts }, query }) => {
      const ids = (query.get('ids') ?? '').split(',').slice(0, 50);
      const figures = ids.map((id) => {
        const post = posts.find(id);
        if (!post || post.deletedAt) return { id, gone: true };
        const acts = posts.actsOn(id);
        return {
          id,
          likes: acts.filter(({ kind }) => kind === 'like').length,
          shares: acts.filter(({ kind }) => kind === 'share').length,
          comments: posts.repliesTo(id).filter(({ isComment }) => isComment).length,
          views: posts.viewsOf(id),
        };
      });
      return { status: 200, body: { figures } };
    },
  },
  {
    method: 'GET',
    path: '/api/v1/posts/:id/engagements',
    call: 'figures',
    run: ({ network: { posts, accounts }, params, query, origin }) => {
      const id = params['id'] ?? '';
      const limit = Math.min(200, Math.max(1, Number(query.get('limit')) || 50));
      const who = (accountId: string) => {
        const account = accounts.find(accountId);
        const handle = account?.handle ?? '';
        return { id: accountId, handle, name: account?.name ?? '', address: `${origin}/@${handle}` };
      };
      const acts = posts.actsOn(id).map(({ kind, accountId, at }) => ({
        id: `${kind}:${accountId}:${id}`,
        kind,
        account: who(accountId),
        text: null,
        address: null,
        at: at.toISOString(),
      }));
      const comments = posts.repliesTo(id).flatMap((post) => {
        const address = `${origin}/posts/${post.id}`;
        const said = { kind: 'comment', text: post.text, address, at: post.at.toISOString() };
        return post.isComment ? [{ id: post.id, account: who(post.accountId), ...said }] : [];
      });
      const engagements = [...acts, ...comments].sort((a, b) => b.at.localeCompare(a.at)).slice(0, limit);
      return { status: 200, body: { engagements } };
    },
  },
  ...(['like', 'share'] as const).map((kind) => ({
    method: 'POST' as const,
    path: `/api/v1/posts/:id/${kind}`,
    call: 'act' as const,
    run: ({ network, params }: Ask, account: Account): Answer => {
      network.posts.act(account, kind, params['id'] ?? '');
      return { status: 200, body: {} };
    },
  })),
  {
    method: 'POST',
    path: '/api/v1/follows',
    call: 'act',
    run: ({ network, json }, account) => {
      const followed = network.accounts.findByHandle(readJson(z.object({ handle: z.string() }), json).handle);
      if (!followed) throw new ApiRefusal(404, 'not-found', 'There is no such account.');
      network.posts.follow(account, followed);
      return { status: 200, body: {} };
    },
  },
];

/** What the second step of a post in two steps publishes; null when the call is none. */
function takeContainer({ network, json }: Ask, account: Account): { key: string; written: NewPost } | null {
  const found = z.object({ container: z.string() }).safeParse(json);
  if (!found.success) return null;
  const kept = network.containers.get(found.data.container);
  if (kept?.accountId !== account.id) throw noContainer();
  return { key: keyOfContainer(found.data.container), written: kept.written };
}

const keyOfContainer = (id: string): string => `container-${id}`;
const noContainer = () => new ApiRefusal(404, 'not-found', 'There is no such container.');
const notReadable = () => new ApiRefusal(404, 'not-readable', 'Posts of this account cannot be read.');

const Credentials = z.object({ handle: z.string().max(100), password: z.string().max(200) });
const Refresh = z.object({ refreshToken: z.string().max(200) });
