import { type AccountKind, type PracticeServer, startPractice } from '#test/servers/practice/index.ts';
import {
  answering,
  type ConformanceSubject,
  type KnownError,
  type PublicPost,
} from '../kit/testing/conformance/index.ts';
import { practice } from './index.ts';

/** The practice network's own process; both kinds of its accounts. */
export const subject: ConformanceSubject = {
  network: 'practice',
  async open() {
    const server = await startPractice();
    return {
      connector: practice,
      kinds: ['keyed', 'keyless'],
      reconciledKinds: ['repeat', 'container', 'blind'],
      openAccount: (kind, about) => openAccount(server, kind as AccountKind, about),
      knownErrors,
      figuresLagMs: 500,
      stop: () => server.stop(),
    };
  },
};

type LedgerEntry = ReturnType<PracticeServer['readLedger']>[number];

let names = 0;

async function openAccount(server: PracticeServer, kind: AccountKind, { name }: { name: string }) {
  names += 1;
  const account = await server.openAccount(`bakery-${names}`, { kind, name });
  const { handle, password } = account;
  return {
    entry: { values: { server: server.url, identifier: handle, password } },
    listPublic: async () => listPublic(server.readLedger(handle)),
    async engage(remoteId: string, about: { name: string; text: string }) {
      names += 1;
      const clara = await server.openAccount(`clara-${names}`, { name: about.name });
      await clara.like(remoteId);
      await clara.share(remoteId);
      await clara.comment(remoteId, about.text);
      const acts: ('like' | 'repost' | 'reply')[] = ['like', 'repost', 'reply'];
      return { figures: { likes: 1, reposts: 1, replies: 1 }, acts };
    },
    delayNext: () => server.misbehave({ kind: 'processing', asks: 2, ends: 'live' }, { account: handle, call: 'post' }),
  };
}

/** What is up, by the ledger file and not by the network's word. */
function listPublic(ledger: (LedgerEntry & { link?: { url: string } | null })[]): PublicPost[] {
  const up = new Map<string, PublicPost>();
  for (const { act, post, text, media, replyTo, link } of ledger) {
    if (act === 'delete') up.delete(post);
    else {
      const alts = media.map(({ alt }) => alt);
      up.set(post, { remoteId: post, text, alts, link: link?.url ?? null, above: replyTo });
    }
  }
  return [...up.values()];
}

const limited = (headers: Record<string, string>, body: object = {}) => answering(429, body, headers);

const others = '401 or 403 without an `error`';
const credentials = '401 `token-expired`, `token-invalid`, `session-ended`';
const invalid = '422 `invalid`';
const waits = '429';
const duplicate = '409 `duplicate`, `key-reused`';
const gone = '410 `gone`, and 404 on an edit';
const unreadable = '2xx that does not parse, or speaks of another post';
const someoneElses = { id: 'p9999', account: 'bakery', replyTo: null, comment: false, state: 'live', text: 'Other' };
const inAMinute = 'Tue, 06 May 2031 07:09:09 GMT';

const knownErrors: KnownError[] = [
  { row: others, from: answering(401, '<html>Sign in to this network</html>') },
  { row: others, from: answering(403, '<html>Access denied</html>') },
  { row: others, from: answering(403, { message: 'no' }) },
  ...['token-expired', 'token-invalid', 'session-ended'].map((error) => ({
    row: credentials,
    from: answering(401, { error }),
  })),
  {
    row: '403 `permission-missing`',
    from: answering(403, { error: 'permission-missing', permission: 'posts-write' }),
    expect: { permission: 'posts-write' },
  },
  { row: '403 `blocked`', from: answering(403, { error: 'blocked' }), expect: { field: 'text', reason: 'blocked' } },
  { row: duplicate, from: answering(409, { error: 'duplicate', existingId: 'p12' }), expect: { existingId: 'p12' } },
  { row: duplicate, from: answering(409, { error: 'key-reused' }), expect: { existingId: null } },
  { row: gone, during: 'correct', from: answering(410, { error: 'gone' }), expect: { field: 'gone' } },
  { row: gone, during: 'correct', from: answering(404, { error: 'not-found' }), expect: { field: 'gone' } },
  { row: '413', from: answering(413), expect: { field: 'media' } },
  {
    row: invalid,
    from: answering(422, { error: 'invalid', field: 'media.1', reason: 'x' }),
    expect: { field: 'media.1' },
  },
  { row: invalid, from: answering(422, { error: 'invalid' }), expect: { field: 'text' } },
  { row: '425 `media-not-ready`', from: answering(425, { error: 'media-not-ready' }) },
  { row: waits, from: limited({ 'retry-after': '60' }), expect: { waitSeconds: 60, scope: 'call' } },
  {
    row: waits,
    from: limited({ 'retry-after': inAMinute, date: 'Tue, 06 May 2031 07:08:09 GMT', 'ratelimit-scope': 'app' }),
    expect: { waitSeconds: 60, scope: 'app' },
  },
  { row: waits, from: limited({}, { scope: 'day' }), expect: { retryAt: null, scope: 'day' } },
  { row: waits, from: limited({ 'retry-after': '-5' }), expect: { retryAt: null } },
  { row: waits, from: limited({ 'retry-after': '999999999' }), expect: { retryAt: null } },
  { row: '202 with a token', from: answering(202, { state: 'processing', token: 'w1' }), expect: { token: 'w1' } },
  ...[500, 502, 503].map((status) => ({ row: '5xx', from: answering(status, { error: 'internal' }) })),
  { row: 'no answer', from: { kind: 'closed' } },
  { row: 'no answer', from: { kind: 'silent' } },
  { row: 'no answer', from: { kind: 'unreachable' }, expect: { reached: 'no', kind: 'temporarily-down' } },
  { row: unreadable, from: answering(201, { hello: 'there' }) },
  { row: unreadable, from: answering(201, { ...someoneElses, media: [], editedAt: null }) },
];
