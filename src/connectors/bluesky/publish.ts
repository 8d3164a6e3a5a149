import { z } from 'zod';
import type { AccountCall, Found, Json, OwnPost, PartToSend, Prepared, PublishFacet, Sent } from '../kit/contract.ts';
import { type Fault, fail, type Outcome, ok, type SendFault, said } from '../kit/faults.ts';
import { judgePart } from '../kit/judge-part.ts';
import { readSendFailure } from '../kit/read-failure.ts';
import { postAddress, postCollection, postUri, readPostUri } from './addresses.ts';
import { callServer, shapeRequest } from './call-server.ts';
import { type Credential, readCredential, unreadableCredential } from './credential.ts';
import { deriveRecordKey } from './derive-record-key.ts';
import { readErrorBody, readSendFault } from './faults.ts';
import { findRecord } from './find-record.ts';
import { holdsSame } from './holds-same.ts';
import { listRecords } from './list-records.ts';
import { manifest } from './manifest.ts';
import { shapeEmbed } from './shape-embed.ts';
import { shapeFacets } from './shape-facets.ts';
import { WrittenRecord } from './wire.ts';

/**
 * Posts as records under keys of our choosing. Writing the same record under the same key again is no second post, so
 * a send may be repeated; another record under that key is refused by the server.
 */
export const publish = { prepare, send, find, recent, remove } satisfies PublishFacet;

const StrongRef = WrittenRecord;
/** The write as it is frozen: the body of `com.atproto.repo.putRecord`. */
const Write = z.object({
  repo: z.string(),
  collection: z.literal(postCollection),
  rkey: z.string(),
  record: z.record(z.string(), z.json()),
  swapRecord: z.null(),
});
type Write = z.infer<typeof Write>;

async function prepare(call: AccountCall, part: PartToSend): Promise<Outcome<Prepared, Fault>> {
  const credential = readCredential(call.credential);
  if (!credential) return fail(unreadableCredential);
  const excess = judgePart(manifest, part);
  if (excess) return fail(excess);
  const reply = shapeReply(part);
  if (!reply.ok) return reply;
  const text = part.text.toWellFormed();
  const facets = await shapeFacets(call, credential, text);
  if (!facets.ok) return facets;
  const embed = await shapeEmbed(call, credential, part);
  if (!embed.ok) return embed;

  const key = deriveRecordKey(part);
  const record = {
    $type: postCollection,
    text,
    createdAt: part.createdAt.toISOString(),
    langs: [part.language],
    ...(facets.value.length > 0 ? { facets: facets.value } : {}),
    ...(embed.value.shape ? { embed: embed.value.shape } : {}),
    ...(reply.value ? { reply: reply.value } : {}),
  };
  const write = { repo: credential.did, collection: postCollection, rkey: key, record, swapRecord: null };
  return ok({ key, request: write, mediaIds: embed.value.mediaIds });
}

async function send(
  call: AccountCall,
  prepared: Prepared,
  guard: { beforeWrite(): void },
): Promise<Outcome<Sent, SendFault>> {
  const start = readStart(call, prepared);
  if (!start.ok) return fail({ ...start.fault, reached: 'no' });
  const { credential, write } = start.value;
  const exchange = await call.http.request(
    shapeRequest(call, {
      server: credential.pds,
      method: 'com.atproto.repo.putRecord',
      token: credential.accessJwt,
      json: write,
      beforeWrite: () => guard.beforeWrite(),
    }),
  );
  if (!exchange.ok) return fail(readSendFailure(exchange.failure));
  const { response } = exchange;
  if (response.status >= 200 && response.status <= 299) {
    const written = WrittenRecord.safeParse(response.json());
    if (written.success && written.data.uri === postUri(write.repo, write.rkey)) return ok(asSent(written.data));
    const words = written.success ? `Answered for ${written.data.uri}` : written.error.message;
    return fail({ kind: 'contract-broken', path: 'com.atproto.repo.putRecord', said: said(words), reached: 'unknown' });
  }
  if (readErrorBody(response).error === 'InvalidSwap') return settleTakenKey(call, credential, write);
  return fail(readSendFault(response, call.now));
}

async function find(call: AccountCall, prepared: Prepared): Promise<Outcome<Found, Fault>> {
  const start = readStart(call, prepared);
  if (!start.ok) return start;
  const { credential, write } = start.value;
  const stored = await readStored(call, credential, write);
  if (!stored.ok) return stored;
  if (!stored.value) return ok({ found: false, conclusive: true });
  // Something else under our key (edited there, say) is neither ours as sent nor proof that nothing is there.
  if (!holdsSame(write.record, stored.value.value)) return ok({ found: false, conclusive: false });
  return ok({ found: true, sent: asSent(stored.value) });
}

async function recent(call: AccountCall, since: Date): Promise<Outcome<OwnPost[], Fault>> {
  const credential = readCredential(call.credential);
  if (!credential) return fail(unreadableCredential);
  const listed = await listRecords(call, { server: credential.pds, did: credential.did, since });
  if (!listed.ok) return listed;
  return ok(listed.value.map(({ uri, cid, text, replyTo, at }) => ({ sent: asSent({ uri, cid }), text, replyTo, at })));
}

async function remove(call: AccountCall, remoteId: string): Promise<Outcome<null, Fault>> {
  const credential = readCredential(call.credential);
  if (!credential) return fail(unreadableCredential);
  const post = readPostUri(remoteId);
  if (!post || post.did !== credential.did) {
    return fail({ kind: 'contract-broken', path: 'remoteId', said: 'Not a post of this account.' });
  }
  const json = { repo: post.did, collection: postCollection, rkey: post.key };
  const deleted = await callServer(
    call,
    { server: credential.pds, method: 'com.atproto.repo.deleteRecord', token: credential.accessJwt, json },
    z.object({}),
  );
  return deleted.ok ? ok(null) : deleted;
}

/** The credential and the frozen write, which must be of the same account. */
function readStart(call: AccountCall, prepared: Prepared): Outcome<{ credential: Credential; write: Write }, Fault> {
  const credential = readCredential(call.credential);
  if (!credential) return fail(unreadableCredential);
  const write = Write.safeParse(prepared.request);
  if (!write.success) return fail({ kind: 'contract-broken', path: 'prepared', said: said(write.error.message) });
  if (write.data.repo !== credential.did) {
    const words = 'Prepared for another account than the connected one.';
    return fail({ kind: 'contract-broken', path: 'prepared.repo', said: words });
  }
  return ok({ credential, write: write.data });
}

/** The server says that our key holds another record than ours: look whether that is so. */
async function settleTakenKey(
  call: AccountCall,
  credential: Credential,
  write: Write,
): Promise<Outcome<Sent, SendFault>> {
  const stored = await readStored(call, credential, write);
  if (stored.ok && stored.value && holdsSame(write.record, stored.value.value)) return ok(asSent(stored.value));
  return fail({
    kind: 'duplicate',
    existingId: stored.ok ? (stored.value?.uri ?? null) : null,
    reached: 'unknown',
    said: 'InvalidSwap: the key of this post holds another record.',
  });
}

/** The record under our key; null when there is none. */
const readStored = (call: AccountCall, { pds }: Credential, { repo, rkey }: Write) =>
  findRecord(call, { server: pds, did: repo, key: rkey });

/** What this part answers: a comment the post itself, another the part before it; null for the first one. */
function shapeReply({ before, role }: PartToSend): Outcome<Json, Fault> {
  const last = role === 'comment' ? before[0] : before.at(-1);
  if (!last) return ok(null);
  const root = StrongRef.safeParse(before[0]?.receipt);
  const parent = StrongRef.safeParse(last.receipt);
  if (!root.success || !parent.success) {
    return fail({ kind: 'contract-broken', path: 'before.receipt', said: 'A part before this one left no receipt.' });
  }
  return ok({ root: root.data, parent: parent.data });
}

const asSent = ({ uri, cid }: { uri: string; cid: string }): Sent => ({
  remoteId: uri,
  address: postAddress(uri),
  receipt: { uri, cid },
});
