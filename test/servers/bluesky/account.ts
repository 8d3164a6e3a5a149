import { createHmac, randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { callXrpc } from './call-xrpc.ts';

/** A record's address and version. */
export interface StrongRef {
  uri: string;
  cid: string;
}

/** A post as the application view shows it. */
export interface PostView extends StrongRef {
  record: { text: string; createdAt: string; [field: string]: unknown };
  embed?: Record<string, unknown>;
  author: { did: string; handle: string };
  likeCount: number;
  repostCount: number;
  replyCount: number;
  quoteCount: number;
}

/** An account on the test's Bluesky, with what a person could do there by hand. */
export interface TestAccount {
  did: string;
  handle: string;
  password: string;
  /** As made under Settings, App Passwords. */
  appPassword: string;
  post(text: string): Promise<StrongRef>;
  like(uri: string): Promise<StrongRef>;
  repost(uri: string): Promise<StrongRef>;
  reply(uri: string, text: string): Promise<StrongRef>;
  quote(uri: string, text: string): Promise<StrongRef>;
  follow(did: string): Promise<StrongRef>;
  setName(displayName: string): Promise<void>;
  /** The post as everyone sees it, or null when it is not there (yet). */
  getPost(uri: string): Promise<PostView | null>;
  /** The posts of any account from the account server itself, newest first: nothing is late here. */
  listPosts(did?: string): Promise<{ uri: string; cid: string; value: Record<string, unknown> }[]>;
  deletePost(uri: string): Promise<void>;
  /** Another app password beside the first. */
  makeAppPassword(): Promise<string>;
  /** Takes the first app password back: sessions by it are renewed no more. */
  revokeAppPassword(): Promise<void>;
  /** An access token of this account that expired a minute ago. */
  expiredToken(): string;
}

/** Registers an account with an app password, and waits until the whole network knows it. */
export async function createAccount(options: {
  pdsUrl: string;
  handle: string;
  jwtSecret: string;
}): Promise<TestAccount> {
  const handle = options.handle.includes('.') ? options.handle : `${options.handle}.test`;
  const password = randomBytes(12).toString('hex');
  const at = (method: string, token?: string) => ({ url: options.pdsUrl, method, ...(token ? { token } : {}) });
  const session = await callXrpc<{ did: string; accessJwt: string }>({
    ...at('com.atproto.server.createAccount'),
    body: { handle, password, email: `${handle.replaceAll('.', '-')}@example.test` },
  });
  const { did, accessJwt } = session;
  const makeAppPassword = () =>
    callXrpc<{ name: string; password: string }>({
      ...at('com.atproto.server.createAppPassword', accessJwt),
      body: { name: `goalpost ${randomBytes(3).toString('hex')}` },
    });
  const made = await makeAppPassword();

  await untilKnown(options.pdsUrl, did, accessJwt);

  const write = (collection: string, record: object): Promise<StrongRef> =>
    callXrpc({
      ...at('com.atproto.repo.createRecord', accessJwt),
      body: { repo: did, collection, record: { createdAt: new Date().toISOString(), ...record } },
    });
  const read = (uri: string) => {
    const [repo = '', collection = '', rkey = ''] = uri.replace('at://', '').split('/');
    return callXrpc<StrongRef & { value: { reply?: { root: StrongRef } } }>({
      ...at('com.atproto.repo.getRecord', accessJwt),
      query: { repo, collection, rkey },
    });
  };
  const subject = async (uri: string): Promise<StrongRef> => ({ uri, cid: (await read(uri)).cid });
  const post = (fields: object) => write('app.bsky.feed.post', fields);

  return {
    did,
    handle,
    password,
    appPassword: made.password,
    post: (text) => post({ text }),
    like: async (uri) => write('app.bsky.feed.like', { subject: await subject(uri) }),
    repost: async (uri) => write('app.bsky.feed.repost', { subject: await subject(uri) }),
    reply: async (uri, text) => {
      const parent = await read(uri);
      const root = parent.value.reply?.root ?? { uri, cid: parent.cid };
      return post({ text, reply: { root, parent: { uri, cid: parent.cid } } });
    },
    quote: async (uri, text) => post({ text, embed: { $type: 'app.bsky.embed.record', record: await subject(uri) } }),
    follow: (subjectDid) => write('app.bsky.graph.follow', { subject: subjectDid }),
    setName: async (displayName) => {
      await callXrpc({
        ...at('com.atproto.repo.putRecord', accessJwt),
        body: { repo: did, collection: 'app.bsky.actor.profile', rkey: 'self', record: { displayName } },
      });
    },
    getPost: async (uri) => {
      const seen = await callXrpc<{ posts: PostView[] }>({
        ...at('app.bsky.feed.getPosts', accessJwt),
        query: { uris: uri },
      });
      return seen.posts[0] ?? null;
    },
    listPosts: async (repo = did) => {
      const listed = await callXrpc<{ records: { uri: string; cid: string; value: Record<string, unknown> }[] }>({
        ...at('com.atproto.repo.listRecords'),
        query: { repo, collection: 'app.bsky.feed.post', limit: '100' },
      });
      return listed.records;
    },
    deletePost: async (uri) => {
      await callXrpc({
        ...at('com.atproto.repo.deleteRecord', accessJwt),
        body: { repo: did, collection: 'app.bsky.feed.post', rkey: uri.split('/').at(-1) },
      });
    },
    makeAppPassword: async () => (await makeAppPassword()).password,
    revokeAppPassword: async () => {
      await callXrpc({ ...at('com.atproto.server.revokeAppPassword', accessJwt), body: { name: made.name } });
    },
    expiredToken: () => withExpiry({ token: accessJwt, secret: options.jwtSecret, at: Date.now() - 60_000 }),
  };
}

/** The view of the network hears of a new account a moment after its server made it. */
async function untilKnown(url: string, did: string, token: string): Promise<void> {
  for (let tries = 0; ; tries += 1) {
    try {
      await callXrpc({ url, method: 'app.bsky.actor.getProfile', token, query: { actor: did } });
      return;
    } catch (error) {
      if (tries === 100) throw error;
      await sleep(50);
    }
  }
}

/** Signs the token again, as its server would have, with another expiry. */
function withExpiry(options: { token: string; secret: string; at: number }): string {
  const [head = '', payload = ''] = options.token.split('.');
  const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as Record<string, unknown>;
  const seconds = Math.floor(options.at / 1_000);
  const body = Buffer.from(JSON.stringify({ ...claims, iat: seconds - 7_200, exp: seconds })).toString('base64url');
  const signature = createHmac('sha256', options.secret).update(`${head}.${body}`).digest('base64url');
  return `${head}.${body}.${signature}`;
}
