import type { PracticeAccount, PracticeServer } from '#test/servers/practice/index.ts';
import { type Client, until } from './product.ts';

type Post = Awaited<ReturnType<Client['posts']['get']>>;
type State = Post['deliveries'][number]['state'];

/** A workspace whose channels are accounts of the practice network. */
export interface PracticeShop {
  /** Opens an account there and connects a channel to it. */
  openChannel(handle: string, kind: 'keyed' | 'keyless'): Promise<PracticeChannel>;
}

export interface PracticeChannel {
  channelId: string;
  account: PracticeAccount;
  /** Publishes now and returns the post's id. */
  publish(text: string, more?: { thread?: string[]; firstComment?: string }): Promise<string>;
  /** Signs in to the network again. */
  connect(): Promise<void>;
  /** Waits until the delivery of a post is in a state. */
  untilState(postId: string, state: State, withinMs?: number): Promise<Post['deliveries'][number]>;
  /** What the network accepted from this account, by its ledger file. */
  accepted(): string[];
}

/** Asks for all posts of the workspace at once, four times a second, for everyone who waits: many askers meet limits. */
function watchPosts(client: Client, workspaceId: string) {
  let asking: Promise<Post[]> | null = null;
  const ask = async () => {
    await new Promise((resolve) => setTimeout(resolve, 250));
    return (await client.posts.list({ workspaceId, limit: 100 })).items;
  };
  return async (postId: string): Promise<Post | undefined> => {
    asking ??= ask().finally(() => {
      asking = null;
    });
    return (await asking).find((it) => it.id === postId);
  };
}

/** A workspace of a running product, for channels of a running practice network. */
export function openPracticeShop({
  client,
  workspaceId,
  practice,
}: {
  client: Client;
  workspaceId: string;
  practice: PracticeServer;
}): PracticeShop {
  const lookAt = watchPosts(client, workspaceId);
  return {
    async openChannel(handle, kind) {
      const account = await practice.openAccount(handle, { kind, readLagMs: kind === 'keyless' ? 1_000 : 0 });
      const { id: channelId } = await client.channels.create({ workspaceId, network: 'practice', name: handle });
      const values = { identifier: handle, password: account.password, server: practice.url };
      const connect = async () => {
        await client.channels.connect({ workspaceId, channelId, values });
      };
      await connect();
      return {
        channelId,
        account,
        connect,
        async publish(text, { thread = [], firstComment } = {}) {
          const parts = [text, ...thread].map((it) => ({ text: it, media: [], link: null }));
          const content = { parts, ...(firstComment === undefined ? {} : { firstComment }) };
          const draft = await client.posts.create({ workspaceId, content, variants: [{ channelId }] });
          await client.posts.publishNow({ workspaceId, postId: draft.id, revision: draft.revision });
          return draft.id;
        },
        async untilState(postId, state, withinMs = 60_000) {
          const post = await until(
            () => lookAt(postId),
            (it) => it?.deliveries[0]?.state === state,
            withinMs,
          );
          const delivery = post?.deliveries[0];
          if (!delivery) throw new Error('The post has no delivery.');
          return delivery;
        },
        accepted: () => practice.readLedger(handle).map(({ text }) => text),
      };
    },
  };
}
