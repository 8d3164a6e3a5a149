import { bluesky as blueskyConnector } from '#connectors/bluesky/index.ts';
import type { Connector } from '#connectors/kit/contract.ts';
import { practice as practiceConnector } from '#connectors/practice/index.ts';
import type { BlueskyServer } from '#test/servers/bluesky/index.ts';
import type { PracticeServer } from '#test/servers/practice/index.ts';
import type { Accepted } from './judge.ts';

/** An account on a network of this machine, and that network's own word on what it accepted from it. */
export interface NetworkAccount {
  connector: Connector;
  handle: string;
  /** What a person would enter to connect it. */
  values: Record<string, string>;
  accepted(): Promise<Accepted[]>;
}

export type PracticeKind = 'keyed' | 'keyless';

/** Opens an account on the practice network. `through` is where Goalpost reaches the network, as by a proxy. */
export async function openPracticeAccount(
  practice: PracticeServer,
  { handle, kind, through = practice.url }: { handle: string; kind: PracticeKind; through?: string },
): Promise<NetworkAccount> {
  const { password } = await practice.openAccount(handle, { kind });
  return {
    connector: practiceConnector,
    handle,
    values: { identifier: handle, password, server: through },
    accepted: async () =>
      practice
        .readLedger(handle)
        .filter(({ act }) => act === 'create' || act === 'comment')
        .map(({ text, post, at }) => ({ text, id: post, at: new Date(at) })),
  };
}

/** Opens an account on a Bluesky; it may post a hundred times, which is as far as one look at it reaches. */
export async function openBlueskyAccount(bluesky: BlueskyServer, handle: string): Promise<NetworkAccount> {
  const account = await bluesky.createAccount(handle);
  return {
    connector: blueskyConnector,
    handle: account.handle,
    values: { identifier: account.handle, password: account.appPassword, server: bluesky.pdsUrl },
    accepted: async () => {
      const posts = await account.listPosts();
      if (posts.length >= 100) throw new Error(`${handle} has posted too much to be judged`);
      return posts.map(({ uri, value }) => ({ text: String(value['text']), id: uri, at: null }));
    },
  };
}
