import { z } from 'zod';
import type { AccountCall, Found, OwnPost, PartToSend, Prepared, PublishFacet, Sent } from '../kit/contract.ts';
import { type Fault, fail, type Outcome, ok, refuse, type SendFault, said } from '../kit/faults.ts';
import type { HttpResponse } from '../kit/http.ts';
import { judgePart } from '../kit/judge-part.ts';
import { readSendFailure } from '../kit/read-failure.ts';
import { callServer, shapeRequest } from './call-server.ts';
import { type Credential, readCredential, unreadableCredential } from './credential.ts';
import { readErrorBody, readSendFault } from './faults.ts';
import { findAmongRecent, findByContainer, findByKey, findNewest, listOwn } from './find-post.ts';
import { manifest } from './manifest.ts';
import { asSent, type Frozen, readStart, saysSame } from './prepared.ts';
import { shapePost, type WrittenPost } from './shape-post.ts';
import { NewContainer, Post, Processing, Working } from './wire.ts';

/**
 * Posts on the practice network. Its accounts differ in how a post of unknown outcome is found again: by its key, among
 * the recent ones, by the container it was put in, by repeating it under its key, or not at all.
 */
export const publish = { accountKind, prepare, send, find, recent, check, correct, remove } satisfies PublishFacet;

function accountKind({ credential }: AccountCall): string {
  return readCredential(credential)?.kind ?? '';
}

async function prepare(call: AccountCall, part: PartToSend): Promise<Outcome<Prepared, Fault>> {
  const shaped = await shapeWithin(call, part);
  if (!shaped.ok) return shaped;
  const { credential, written } = shaped.value;
  const newest = credential.kind === 'keyless' ? await findNewest(call, credential) : ok(null);
  if (!newest.ok) return newest;
  const isComment = part.role === 'comment';
  const above = isComment ? part.before[0] : part.before.at(-1);
  const place = { replyTo: above?.remoteId ?? null, comment: isComment };
  const { server, accessToken: token } = credential;
  const post = { ...written, ...place };
  const what = { method: 'POST', server, path: '/containers', token, json: post } as const;
  const kept = credential.kind === 'container' ? await callServer(call, what, NewContainer) : ok(null);
  if (!kept.ok) return kept;
  const container = kept.value?.id ?? null;
  const frozen: Frozen = { accountId: credential.accountId, post, after: newest.value, container };
  const mediaIds = [...written.media.map(({ id }) => id), ...(container === null ? [] : [container])];
  const isKeyed = credential.kind === 'keyed' || credential.kind === 'repeat';
  return ok({ key: isKeyed ? `goalpost-${part.seed}` : null, request: frozen, mediaIds });
}

/** The part as the network takes it, when it is within the limits, and the account's credential. */
async function shapeWithin(
  call: AccountCall,
  part: PartToSend,
): Promise<Outcome<{ credential: Credential; written: WrittenPost }, Fault>> {
  const credential = readCredential(call.credential);
  if (!credential) return fail(unreadableCredential);
  const excess = judgePart(manifest, part);
  if (excess) return fail(excess);
  const written = await shapePost(call, credential, part);
  return written.ok ? ok({ credential, written: written.value }) : written;
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
      json: frozen.container === null ? frozen.post : { container: frozen.container },
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
  const isOurs =
    post.success && post.data.account === credential.handle && isAnswerTo(post.data, frozen, credential.server);
  if (isOurs) return ok(asSent(credential.server, post.data.id));
  const words = post.success ? `Answered for another post, ${post.data.id}` : post.error.message;
  return fail({ kind: 'contract-broken', path: 'POST /posts', said: said(words), reached: 'unknown' });
}

/** A key that was used before is answered with the first post, which may have been deleted or corrected since. */
const isAnswerTo = (post: Post, frozen: Frozen, server: string): boolean =>
  post.state === 'deleted' || (post.state === 'live' && (post.editedAt !== null || saysSame(post, frozen, server)));

async function find(call: AccountCall, prepared: Prepared): Promise<Outcome<Found, Fault>> {
  const start = readStart(call, prepared);
  if (!start.ok) return start;
  const { credential, frozen } = start.value;
  if (prepared.key !== null && credential.kind === 'keyed') {
    return findByKey(call, credential, { key: prepared.key, frozen });
  }
  if (frozen.container !== null) return findByContainer(call, credential, frozen.container);
  // Posts of the other kinds cannot be read.
  if (credential.kind !== 'keyless') return ok({ found: false, conclusive: false });
  return findAmongRecent(call, credential, frozen);
}

async function recent(call: AccountCall): Promise<Outcome<OwnPost[], Fault>> {
  const credential = readCredential(call.credential);
  return credential ? listOwn(call, credential) : fail(unreadableCredential);
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
      return fail(refuse('media', asked.value.reason, 'The network gave up.'));
    case 'processing':
      return fail({ kind: 'still-processing', token, said: 'The network works on it.' });
  }
}

async function correct(call: AccountCall, remoteId: string, part: PartToSend): Promise<Outcome<Sent, Fault>> {
  const shaped = await shapeWithin(call, part);
  if (!shaped.ok) return shaped;
  const { credential, written } = shaped.value;
  const { server, accessToken } = credential;
  const what = { method: 'PUT', server, path: pathOf(remoteId), token: accessToken, json: written } as const;
  const edited = await callServer(call, what, Post, ({ status }) =>
    status === 404 ? refuse('gone', 'gone', 'There is no such post.') : null,
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
  let isGone = false;
  const deleted = await callServer(call, what, z.object({}), (response) => {
    isGone = response.status === 404 && readErrorBody(response).error === 'not-found';
    return null;
  });
  return isGone || deleted.ok ? ok(null) : deleted;
}

const pathOf = (remoteId: string): string => `/posts/${encodeURIComponent(remoteId)}`;
