import type { z } from 'zod';
import { cleanLine, cleanWords } from '../kit/clean-text.ts';
import type { AccountCall, Engagement } from '../kit/contract.ts';
import { type Fault, fail, type Outcome, ok } from '../kit/faults.ts';
import { postAddress, profileAddress, readPostUri } from './addresses.ts';
import { callServer } from './call-server.ts';
import type { Credential } from './credential.ts';
import { type Actor, Likes, type PostView, Quotes, RepostedBy, Thread } from './wire.ts';

/** The most entries a list gives at once, and how many pages of each list are read at most. */
const pageSize = 100;
const maxPages = 10;

/**
 * Who liked, reposted, answered and quoted a post: at most `limit`, newest first, reposts last because the network does
 * not say when they were made. Answers by the account itself (the thread going on) are among them, as they are in the
 * network's count.
 */
export async function listEngagements(
  call: AccountCall,
  credential: Credential,
  remoteId: string,
  limit: number,
): Promise<Outcome<Engagement[], Fault>> {
  if (!readPostUri(remoteId)) return fail({ kind: 'contract-broken', path: 'remoteId', said: 'Not a post.' });
  const ask: Ask = { call, credential, uri: remoteId, limit };
  const lists = [
    () =>
      readPages(ask, 'app.bsky.feed.getLikes', Likes, ({ likes }) =>
        likes.map(({ actor, indexedAt }) => ({ ...byActor('like', actor, remoteId), at: indexedAt })),
      ),
    () => readReplies(ask),
    () => readPages(ask, 'app.bsky.feed.getQuotes', Quotes, ({ posts }) => posts.map((view) => byPost('quote', view))),
    () =>
      readPages(ask, 'app.bsky.feed.getRepostedBy', RepostedBy, ({ repostedBy }) =>
        repostedBy.map((actor) => ({ ...byActor('repost', actor, remoteId), at: null })),
      ),
  ];
  const all: Engagement[] = [];
  for (const read of lists) {
    const list = await read();
    if (!list.ok) return list;
    all.push(...list.value);
  }
  const time = ({ at }: Engagement) => at?.getTime() ?? Number.NEGATIVE_INFINITY;
  return ok(all.sort((a, b) => (time(a) === time(b) ? 0 : time(b) - time(a))).slice(0, limit));
}

interface Ask {
  call: AccountCall;
  credential: Credential;
  uri: string;
  limit: number;
}

async function readPages<T extends z.ZodType<{ cursor?: string | undefined }>>(
  { call, credential, uri, limit }: Ask,
  method: string,
  answer: T,
  read: (page: z.output<T>) => Engagement[],
): Promise<Outcome<Engagement[], Fault>> {
  const found: Engagement[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < maxPages && found.length < limit; page += 1) {
    const query: [string, string][] = [
      ['uri', uri],
      ['limit', String(Math.min(pageSize, Math.max(1, limit)))],
    ];
    if (cursor !== undefined) query.push(['cursor', cursor]);
    const what = { server: credential.pds, method, token: credential.accessJwt, query };
    const answered = await callServer(call, what, answer);
    if (!answered.ok) return answered;
    found.push(...read(answered.value));
    if (answered.value.cursor === undefined || answered.value.cursor === cursor) break;
    cursor = answered.value.cursor;
  }
  return ok(found);
}

async function readReplies({ call, credential, uri }: Ask): Promise<Outcome<Engagement[], Fault>> {
  const thread = await callServer(
    call,
    {
      server: credential.pds,
      method: 'app.bsky.feed.getPostThread',
      token: credential.accessJwt,
      query: [
        ['uri', uri],
        ['depth', '1'],
        ['parentHeight', '0'],
      ],
    },
    Thread,
  );
  if (!thread.ok) return thread;
  return ok((thread.value.thread.replies ?? []).map(({ post }) => byPost('reply', post)));
}

/** The lists name who, not the act's own record; one account likes or reposts a post once, so the pair is its id. */
function byActor(kind: 'like' | 'repost', actor: Actor, uri: string): Omit<Engagement, 'at'> {
  return { remoteId: `${kind}:${actor.did}:${uri}`, kind, actor: readActor(actor), text: null, address: null };
}

function byPost(kind: 'reply' | 'quote', view: PostView): Engagement {
  return {
    remoteId: view.uri,
    kind,
    actor: readActor(view.author),
    text: cleanWords(view.record.text ?? '', 3_000),
    address: postAddress(view.uri),
    at: view.indexedAt,
  };
}

function readActor({ did, handle, displayName }: Actor): Engagement['actor'] {
  const clean = cleanLine(handle, 253);
  return {
    remoteId: did,
    handle: clean,
    name: cleanLine(displayName ?? '', 100) || clean,
    address: profileAddress(clean, did),
  };
}
