import type { AccountCall, Connector, PartToSend, Prepared, Sent } from '#connectors/kit/contract.ts';
import { fail, ok, type SendFault } from '#connectors/kit/faults.ts';
import type { Manifest, Reconcile } from '#connectors/kit/manifest.ts';

/** What one send shall do. */
export type SendScript =
  | 'accept'
  /** The post becomes public, the answer is lost. */
  | 'accept-and-lose'
  /** Nothing becomes public, the answer is lost. */
  | 'lose'
  /** The post becomes public and the network says it was blocked. */
  | 'accept-and-refuse'
  | SendFault;

export interface FakePost {
  id: string;
  key: string | null;
  text: string;
  /** The post it answers, or null. */
  replyTo: string | null;
  /** When it became public, in milliseconds of the epoch. */
  at: number;
}

/** A whole network in this process: stateful, scripted, with a ledger of its own that nothing of ours writes. */
export interface FakeNetwork {
  connector: Connector;
  /** What is public, in the order it became so. */
  posts: FakePost[];
  /** Every send that passed its guard, accepted or not. */
  writes: number;
  /** What the next sends do; after them every send is accepted. */
  script: SendScript[];
  /** What the next preparations answer instead of preparing. */
  prepareFaults: Parameters<typeof fail>[0][];
  /** Awaited before a send writes: a test can freeze a sender here. */
  beforeSend: (() => Promise<void>) | null;
  /** Awaited while preparing. */
  duringPrepare: (() => Promise<void>) | null;
  /** A read finds what is there; false makes reads fail. */
  readable: boolean;
  /** How often it was looked for something. */
  finds: number;
}

/**
 * `keyed`: the network takes our key and never makes two posts of one; otherwise every accepted send is a post. It reads
 * back what is there unless `reconcile` says that it cannot.
 */
export function createFakeNetwork({
  id = 'fake',
  keyed = false,
  reconcile = { by: keyed ? 'read-by-key' : 'read-recent', absenceIsConclusive: true, readLagMs: 2_000 },
}: {
  id?: string;
  keyed?: boolean;
  reconcile?: Reconcile;
} = {}): FakeNetwork {
  const network: FakeNetwork = {
    posts: [],
    writes: 0,
    script: [],
    prepareFaults: [],
    beforeSend: null,
    duringPrepare: null,
    readable: true,
    finds: 0,
    connector: {
      manifest: manifestOf(id, reconcile),
      auth: {
        kind: 'form',
        async connect(_call, { name = '', secret = '' }) {
          if (secret === 'wrong')
            return fail({ kind: 'content-rejected' as const, field: 'secret', reason: 'wrong', said: 'Wrong secret' });
          const account = {
            remoteId: `${id}:${name}`,
            handle: name,
            name,
            address: `https://${id}.example/${name}`,
            server: null,
          };
          return ok({ account, credential: { secret }, expiresAt: null, scopes: [] });
        },
        refresh: async (call) => ok({ credential: call.credential, expiresAt: null }),
      },
      publish: {
        async prepare(_call: AccountCall, part: PartToSend) {
          await network.duringPrepare?.();
          const fault = network.prepareFaults.shift();
          if (fault) return fail(fault as never);
          const answered = part.role === 'comment' ? part.before[0] : part.before.at(-1);
          const replyTo = answered?.remoteId ?? null;
          return ok({ key: keyed ? part.seed : null, request: { text: part.text, replyTo }, mediaIds: [] });
        },
        async send(_call, prepared, { beforeWrite }) {
          await network.beforeSend?.();
          try {
            beforeWrite();
          } catch (error) {
            return fail({ kind: 'temporarily-down' as const, said: (error as Error).message, reached: 'no' as const });
          }
          network.writes += 1;
          return answer(network, prepared, network.script.shift() ?? 'accept');
        },
        async recent(_call, since) {
          if (!network.readable) return fail({ kind: 'temporarily-down' as const, said: 'no reads' });
          const own = (post: FakePost) => ({
            sent: presentSent(id, post),
            text: post.text,
            replyTo: post.replyTo,
            at: new Date(post.at),
          });
          return ok(
            network.posts
              .filter(({ at }) => at >= since.getTime())
              .map(own)
              .reverse(),
          );
        },
        async find(_call, prepared) {
          network.finds += 1;
          if (!network.readable) return fail({ kind: 'temporarily-down' as const, said: 'no reads' });
          const { text } = prepared.request as { text: string };
          const post = network.posts.find((p) => (keyed ? p.key === prepared.key : p.text === text));
          return ok(
            post ? { found: true as const, sent: presentSent(id, post) } : { found: false as const, conclusive: true },
          );
        },
      },
    },
  };
  return network;

  function answer(to: FakeNetwork, prepared: Prepared, script: SendScript) {
    if (typeof script === 'object') return fail(script);
    if (script === 'lose')
      return fail({ kind: 'outcome-unknown' as const, said: 'no answer', reached: 'unknown' as const });
    const { text, replyTo } = prepared.request as { text: string; replyTo: string | null };
    let post = keyed ? to.posts.find((p) => p.key === prepared.key) : undefined;
    if (!post) {
      post = { id: `p${to.posts.length + 1}`, key: prepared.key, text, replyTo, at: Date.now() };
      to.posts.push(post);
    }
    if (script === 'accept-and-lose')
      return fail({ kind: 'outcome-unknown' as const, said: 'connection reset', reached: 'unknown' as const });
    if (script === 'accept-and-refuse')
      return fail({
        kind: 'content-rejected' as const,
        field: 'text',
        reason: 'blocked',
        said: 'This request was blocked',
        reached: 'unknown' as const,
      });
    return ok(presentSent(id, post));
  }
}

const presentSent = (network: string, post: FakePost): Sent => ({
  remoteId: post.id,
  address: `https://${network}.example/${post.id}`,
  receipt: null,
});

const facts = { source: 'made for tests', checkedOn: '2026-11-22' };

const manifestOf = (id: string, reconcile: Reconcile): Manifest => ({
  id,
  name: 'Fake',
  facts,
  manner: { strength: 'words' },
  connect: {
    kind: 'form',
    fields: [
      { name: 'name', input: 'text', required: true, known: 'handle' },
      { name: 'secret', input: 'password', required: true },
    ],
    life: { renewal: 'lengthens', lastsMs: null, renewableMs: null, renewBeforeMs: 0, ...facts },
  },
  text: { limits: [{ unit: 'grapheme', max: 100 }], optionalWithMedia: false },
  firstComment: { limits: [{ unit: 'grapheme', max: 50 }] },
  thread: { maxParts: 5 },
  reconcile,
  remove: false,
  correct: false,
  metrics: [{ metric: 'likes', of: 'post', theirName: 'likes' }],
  sendsAtOnce: 1,
  cadence: { perWeek: 7, ...facts },
});
