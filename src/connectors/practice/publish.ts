import { z } from 'zod';
import type { AccountCall, Found, PartToSend, Prepared, PublishFacet, Sent } from '../kit/contract.ts';
import { type Fault, fail, type Outcome, ok, type SendFault, said } from '../kit/faults.ts';
import type { HttpResponse } from '../kit/http.ts';
import { judgePart } from '../kit/judge-part.ts';
import { callServer, shapeRequest } from './call-server.ts';
import { type Credential, readCredential, unreadableCredential } from './credential.ts';
import { readErrorBody, readFailure, readFault, readSendFailure, readSendFault } from './faults.ts';
import { findAmongRecent, findByKey, findNewest } from './find-post.ts';
import { manifest } from './manifest.ts';
import { asSent, type Frozen, readStart, saysSame } from './prepared.ts';
import { shapePost } from './shape-post.ts';
import { Post, Processing, Working } from './wire.ts';

/**
 * Posts on the practice network. An account that keeps keys makes one post of one key however often it is sent; on the
 * other kind a post of unknown outcome is looked for among the recent ones.
 */
export const publish = { prepare, send, find, check, correct, remove } satisfies PublishFacet;

async function prepare(call: AccountCall, part: PartToSend): Promise<Outcome<Prepared, Fault>> {
  const credential = readCredential(call.credential);
  if (!credential) return fail(unreadableCredential);
  const excess = judgePart(manifest, part);
  if (excess) return fail(excess);
  const written = await shapePost(call, credential, part);
  if (!written.ok) return written;
  const newest = credential.kind === 'keyless' ? await findNewest(call, credential) : ok(null);
  if (!newest.ok) return newest;
  const isComment = part.role === 'comment';
  const above = isComment ? part.before[0] : part.before.at(-1);
  const place = { replyTo: above?.remoteId ?? null, comment: isComment };
  const frozen: Frozen = {
    accountId: credential.accountId,
    post: { ...written.value, ...place },
    after: newest.value,
  };
  const mediaIds = written.value.media.map(({ id }) => id);
  return ok({ key: credential.kind === 'keyed' ? `goalpost-${part.seed}` : null, request: frozen, mediaIds });
}

async function send(
  call: AccountCall,
  prepared: Prepared,
  guard: { beforeWrite(): void },
): Promise<Outcome<Sent, SendFault>> {
  const start = readStart(call, prepared);
  if (!start.ok) return fail({ ...start.fault, reached: 'no' });
  const { credential, frozen } = start.value;
  const exchange = await call.http.request(
    shapeRequest(call, {
      method: 'POST',
      server: credential.server,
      path: '/posts',
      token: credential.accessToken,
      ...(prepared.key === null ? {} : { key: prepared.key }),
      json: frozen.post,
      beforeWrite: () => guard.beforeWrite(),
    }),
  );
  if (!exchange.ok) return fail(readSendFailure(exchange.failure));
  const { response } = exchange;
  if (response.status < 200 || response.status > 299) return fail(readSendFault(response, call.now));
  return readAccepted(response, credential, frozen);
}

/** Reads the answer to a post that was accepted; what it does not plainly say leaves the outcome unknown. */
function readAccepted(response: HttpResponse, credential: Credential, frozen: Frozen): Outcome<Sent, SendFault> {
  if (response.status === 202) {
    const working = Working.safeParse(response.json());
    if (working.success) {
      const { token } = working.data;
      return fail({ kind: 'still-processing', token, said: 'The network works on it.', reached: 'unknown' });
    }
  }
  const post = Post.safeParse(response.json());
  const isOurs = post.success && post.data.account === credential.handle && isAnswerTo(post.data, frozen);
  if (isOurs) return ok(asSent(credential.server, post.data.id));
  const words = post.success ? `Answered for another post, ${post.data.id}` : post.error.message;
  return fail({ kind: 'contract-broken', path: 'POST /posts', said: said(words), reached: 'unknown' });
}

/** A key that was used before is answered with the first post, which may have been deleted or corrected since. */
const isAnswerTo = (post: Post, frozen: Frozen): boolean =>
  post.state === 'deleted' || (post.state === 'live' && (post.editedAt !== null || saysSame(post, frozen)));

async function find(call: AccountCall, prepared: Prepared): Promise<Outcome<Found, Fault>> {
  const start = readStart(call, prepared);
  if (!start.ok) return start;
  const { credential, frozen } = start.value;
  if (prepared.key !== null && credential.kind === 'keyed') {
    return findByKey(call, credential, { key: prepared.key, frozen });
  }
  return findAmongRecent(call, credential, frozen);
}

async function check(call: AccountCall, token: string): Promise<Outcome<Sent, Fault>> {
  const credential = readCredential(call.credential);
  if (!credential) return fail(unreadableCredential);
  const { server, accessToken } = credential;
  const path = `/processing/${encodeURIComponent(token)}`;
  const asked = await callServer(call, { method: 'GET', server, path, token: accessToken }, Processing, (response) =>
    response.status === 404 ? { kind: 'outcome-unknown', said: 'The network does not know what we ask for.' } : null,
  );
  if (!asked.ok) return asked;
  switch (asked.value.state) {
    case 'live':
      return ok(asSent(server, asked.value.post.id));
    case 'failed':
      return fail({
        kind: 'content-rejected',
        field: 'media',
        reason: asked.value.reason,
        said: 'The network gave up.',
      });
    case 'processing':
      return fail({ kind: 'still-processing', token, said: 'The network works on it.' });
  }
}

async function correct(call: AccountCall, remoteId: string, part: PartToSend): Promise<Outcome<Sent, Fault>> {
  const credential = readCredential(call.credential);
  if (!credential) return fail(unreadableCredential);
  const excess = judgePart(manifest, part);
  if (excess) return fail(excess);
  const written = await shapePost(call, credential, part);
  if (!written.ok) return written;
  const { server, accessToken } = credential;
  const what = { method: 'PUT', server, path: pathOf(remoteId), token: accessToken, json: written.value } as const;
  const edited = await callServer(call, what, Post, ({ status }) =>
    status === 404 ? { kind: 'content-rejected', field: 'gone', reason: 'gone', said: 'There is no such post.' } : null,
  );
  if (!edited.ok) return edited;
  if (edited.value.id === remoteId) return ok(asSent(server, remoteId));
  return fail({ kind: 'contract-broken', path: 'PUT /posts id', said: 'Answered for another post.' });
}

async function remove(call: AccountCall, remoteId: string): Promise<Outcome<null, Fault>> {
  const credential = readCredential(call.credential);
  if (!credential) return fail(unreadableCredential);
  const { server, accessToken } = credential;
  const what = { method: 'DELETE', server, path: pathOf(remoteId), token: accessToken } as const;
  const exchange = await call.http.request(shapeRequest(call, what));
  if (!exchange.ok) return fail(readFailure(exchange.failure));
  const { response } = exchange;
  const isGone = response.status === 404 && readErrorBody(response).error === 'not-found';
  if (isGone) return ok(null);
  if (response.status > 299) return fail(readFault(response, call.now));
  if (z.object({}).safeParse(response.json()).success) return ok(null);
  return fail({ kind: 'contract-broken', path: 'DELETE /posts', said: 'The answer is no JSON.' });
}

const pathOf = (remoteId: string): string => `/posts/${encodeURIComponent(remoteId)}`;
