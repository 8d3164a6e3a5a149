import type { z } from 'zod';
import type { AccountCall, Found, OwnPost } from '../kit/contract.ts';
import { type Fault, type Outcome, ok } from '../kit/faults.ts';
import { callServer } from './call-server.ts';
import type { Credential } from './credential.ts';
import { readErrorBody } from './faults.ts';
import { asSent, type Frozen, saysSame } from './prepared.ts';
import { Container, Post, RecentPosts } from './wire.ts';

/** How many pages of recent posts are read before a look gives up without a word. */
const maxPages = 10;
const pageSize = 100;

/** Looks for a post by its key, where the account keeps keys; it is there or not, and at once. */
export async function findByKey(
  call: AccountCall,
  { server, accessToken, handle }: Credential,
  { key, frozen }: { key: string; frozen: Frozen },
): Promise<Outcome<Found, Fault>> {
  let isAbsent = false;
  const path = `/posts/by-key/${encodeURIComponent(key)}`;
  const stored = await callServer(call, { method: 'GET', server, path, token: accessToken }, Post, (response) => {
    isAbsent = response.status === 404 && readErrorBody(response).error === 'not-found';
    return null;
  });
  if (isAbsent) return ok({ found: false, conclusive: true });
  if (!stored.ok) return stored;
  const post = stored.value;
  if (post.account !== handle || post.state === 'processing') return ok({ found: false, conclusive: false });
  if (post.state === 'failed') return ok({ found: false, conclusive: true });
  // A deleted or corrected one is ours by its key; a live one that never said this is somebody's mistake with the key.
  const isOurs = post.state === 'deleted' || post.editedAt !== null || saysSame(post, frozen, server);
  return ok(isOurs ? { found: true, sent: asSent(server, post.id) } : { found: false, conclusive: false });
}

/** Asks what became of a post of which the first of two steps was done. */
export async function findByContainer(
  call: AccountCall,
  { server, accessToken, handle }: Credential,
  container: string,
): Promise<Outcome<Found, Fault>> {
  const path = `/containers/${encodeURIComponent(container)}`;
  const asked = await callServer(call, { method: 'GET', server, path, token: accessToken }, Container);
  if (!asked.ok) return asked;
  if (asked.value.state === 'ready') return ok(absent(true));
  const { post } = asked.value;
  return ok(post.account === handle ? { found: true, sent: asSent(server, post.id) } : absent(false));
}

/**
 * Looks for a post among the recent ones: those that came after the newest one seen before the send. What was deleted,
 * corrected or is still being worked on may have been ours, so with it in the list nothing is proved absent.
 */
export async function findAmongRecent(
  call: AccountCall,
  { server, accessToken }: Credential,
  frozen: Frozen,
): Promise<Outcome<Found, Fault>> {
  let before: string | null = null;
  let oldest: string | null = null;
  let isClear = true;
  for (let page = 0; page < maxPages; page += 1) {
    const read: Outcome<z.output<typeof RecentPosts>, Fault> = await readPage(
      call,
      { server, accessToken },
      {
        after: frozen.after,
        before,
      },
    );
    if (!read.ok) return read;
    for (const post of read.value.posts) {
      if (post.state === 'live' && saysSame(post, frozen, server)) oldest = post.id;
      else if (mayHaveBeenOurs(post, frozen)) isClear = false;
    }
    before = read.value.before;
    // Of several that say the same, ours came first: whoever wrote the others did so after looking at the same list.
    if (before === null) return ok(oldest === null ? absent(isClear) : { found: true, sent: asSent(server, oldest) });
  }
  return ok(absent(false));
}

/** What is live of the account's last posts. The network does not say when each was written. */
export async function listOwn(call: AccountCall, credential: Credential): Promise<Outcome<OwnPost[], Fault>> {
  const found: OwnPost[] = [];
  let before: string | null = null;
  for (let page = 0; page < maxPages; page += 1) {
    const read: Outcome<z.output<typeof RecentPosts>, Fault> = await readPage(call, credential, {
      after: null,
      before,
    });
    if (!read.ok) return read;
    for (const post of read.value.posts) {
      if (post.state !== 'live') continue;
      const { id, text, replyTo } = post;
      found.push({ sent: asSent(credential.server, id), text, replyTo, at: null });
    }
    before = read.value.before;
    if (before === null) break;
  }
  return ok(found);
}

/** The newest post of the account, tombstones among them; null when it never posted. */
export async function findNewest(call: AccountCall, credential: Credential): Promise<Outcome<string | null, Fault>> {
  const read = await readPage(call, credential, { after: null, before: null }, 1);
  return read.ok ? ok(read.value.posts[0]?.id ?? null) : read;
}

function readPage(
  call: AccountCall,
  { server, accessToken }: Pick<Credential, 'server' | 'accessToken'>,
  { after, before }: { after: string | null; before: string | null },
  limit = pageSize,
) {
  const range = { ...(after === null ? {} : { after }), ...(before === null ? {} : { before }) };
  const query = new URLSearchParams({ limit: String(limit), ...range });
  return callServer(call, { method: 'GET', server, path: `/posts?${query}`, token: accessToken }, RecentPosts);
}

const absent = (conclusive: boolean): Found => ({ found: false, conclusive });

const mayHaveBeenOurs = (post: Post, { post: ours }: Frozen): boolean =>
  post.replyTo === ours.replyTo &&
  post.comment === ours.comment &&
  (post.state === 'deleted' || post.state === 'processing' || (post.state === 'live' && post.editedAt !== null));
