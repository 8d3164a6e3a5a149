import { type BlueskyServer, startBluesky, type TestAccount } from '#test/servers/bluesky/index.ts';
import {
  answering,
  type ConformanceSubject,
  type HostileAnswer,
  type KnownError,
  type PublicPost,
} from '../kit/testing/conformance/index.ts';
import { bluesky } from './index.ts';

/** Bluesky's own servers on this machine. */
export const subject: ConformanceSubject = {
  network: 'bluesky',
  async open() {
    const server = await startBluesky();
    const clara = await server.createAccount('clara');
    return {
      connector: bluesky,
      kinds: ['usual'],
      openAccount: (_kind, { name }) => openAccount(server, clara, name),
      knownErrors,
      figuresLagMs: 10_000,
      stop: () => server.stop(),
    };
  },
};

async function openAccount(server: BlueskyServer, clara: TestAccount, name: string) {
  const bakery = await server.createAccount('bakery');
  await bakery.setName(name);
  return {
    entry: { values: { server: server.pdsUrl, identifier: bakery.handle, password: bakery.appPassword } },
    listPublic: async () => (await bakery.listPosts()).reverse().map(({ uri, value }) => readPublic(uri, value)),
    async engage(remoteId: string, about: { name: string; text: string }) {
      await clara.setName(about.name);
      await clara.like(remoteId);
      await clara.repost(remoteId);
      await clara.reply(remoteId, about.text);
      const acts: ('like' | 'repost' | 'reply')[] = ['like', 'repost', 'reply'];
      return { figures: { likes: 1, reposts: 1, replies: 1, quotes: 0 }, acts };
    },
  };
}

/** A record of the account server, as anyone may read it. */
function readPublic(uri: string, value: Record<string, unknown>): PublicPost {
  const { text, embed, reply } = value as {
    text: string;
    embed?: { images?: { alt: string }[]; external?: { uri: string } };
    reply?: { parent: { uri: string } };
  };
  return {
    remoteId: uri,
    text,
    alts: (embed?.images ?? []).map(({ alt }) => alt),
    link: embed?.external?.uri ?? null,
    above: reply?.parent.uri ?? null,
  };
}

const says = (status: number, error: string, message = '', headers: Record<string, string> = {}): HostileAnswer =>
  answering(status, { error, message }, headers);

const others = '401 or 403 without an `error`';
const credentials = '401; 400 `ExpiredToken`, `InvalidToken`';
const accounts = '`AccountTakedown`, `AccountDeactivated`, `RepoDeactivated`, …';
const onRecord = '400 on a record';
const cleared = '400 `BlobNotFound`: an uploaded picture was cleared away before use';
const waits = '429';
const unreadable = '2xx that does not parse, or speaks of another record';
const limited = (headers: Record<string, string>) => says(429, 'RateLimitExceeded', 'Rate Limit Exceeded', headers);
const atOnePast = String(Date.parse('2031-05-06T07:09:09Z') / 1_000);

const knownErrors: KnownError[] = [
  { row: others, from: answering(401, '<html>Sign in to this network</html>') },
  { row: others, from: answering(403, '<html>Access denied</html>') },
  { row: others, from: answering(403, { message: 'no' }) },
  { row: credentials, from: says(401, 'AuthMissing') },
  { row: credentials, from: says(400, 'ExpiredToken', 'Token has expired') },
  { row: credentials, from: says(400, 'InvalidToken') },
  ...['AccountTakedown', 'AccountDeactivated', 'RepoDeactivated', 'RepoTakendown', 'AccountSuspended'].map((error) => ({
    row: accounts,
    from: says(error === 'AccountTakedown' ? 401 : 400, error),
    expect: { permission: 'account-active' },
  })),
  { row: '403', from: says(403, 'Forbidden') },
  {
    row: onRecord,
    from: says(400, 'InvalidRequest', 'Invalid app.bsky.feed.post record: Record/text must not be longer than 300'),
    expect: { field: 'text' },
  },
  {
    row: onRecord,
    from: says(400, 'InvalidRequest', 'Record/embed/images/2/alt must be a string'),
    expect: { field: 'media.2' },
  },
  {
    row: onRecord,
    from: says(400, 'InvalidRequest', 'Record/embed/external/uri must be a uri'),
    expect: { field: 'link' },
  },
  { row: '413', from: says(413, 'PayloadTooLarge'), expect: { field: 'media' } },
  { row: cleared, from: says(400, 'BlobNotFound', 'Could not find blob: bafkrei') },
  { row: waits, from: limited({ 'retry-after': '60' }), expect: { waitSeconds: 60, scope: 'call' } },
  {
    row: waits,
    from: limited({ 'retry-after': 'Tue, 06 May 2031 07:09:09 GMT', date: 'Tue, 06 May 2031 07:08:09 GMT' }),
    expect: { waitSeconds: 60 },
  },
  {
    row: waits,
    from: limited({ 'ratelimit-reset': atOnePast, 'ratelimit-policy': '35000;w=86400' }),
    expect: { waitSeconds: 60, scope: 'day' },
  },
  { row: waits, from: limited({}), expect: { retryAt: null } },
  ...[500, 502, 503].map((status) => ({ row: '5xx', from: says(status, 'InternalServerError') })),
  { row: 'no answer', from: { kind: 'closed' } },
  { row: 'no answer', from: { kind: 'silent' } },
  { row: 'no answer', from: { kind: 'unreachable' }, expect: { reached: 'no', kind: 'temporarily-down' } },
  { row: unreadable, from: answering(200, { hello: 'there' }) },
  {
    row: unreadable,
    from: answering(200, { uri: 'at://did:plc:aaa/app.bsky.feed.post/3abc', cid: 'bafyaaa' }),
  },
];
