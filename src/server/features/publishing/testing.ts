import { beforeAll, beforeEach } from 'vitest';
import type { Connector } from '#connectors/kit/contract.ts';
import type { Reconcile } from '#connectors/kit/manifest.ts';
import type { Content } from '#contract/content.ts';
import type { Delivery } from '#contract/deliveries.ts';
import type { Post } from '#contract/posts.ts';
import type { House } from '#server/platform/context/index.ts';
import { holdClock, type TestClock } from '#test/clock.ts';
import { createFakeNetwork, type FakeNetwork } from '#test/fake-network.ts';
import { makeTeam, type TestTeam } from '#test/makers.ts';
import { useServer } from '#test/server.ts';
import type { BlueskyServer, TestAccount } from '#test/servers/bluesky/index.ts';
import { runPublishingRound } from './index.ts';

/** Content of one part a text. */
export const says = (...texts: string[]): Content => ({
  parts: texts.map((text) => ({ text, media: [], link: null })),
});

/** Makes a network known to a house under test. */
export function addNetwork(house: House, connector: Connector): void {
  (house.connectors as Map<string, Connector>).set(connector.manifest.id, connector);
}

/** Gives a team a channel that is connected to an account on a real Bluesky; its id. */
export async function connectBluesky(
  { client, workspaceId }: TestTeam,
  { pdsUrl: server }: BlueskyServer,
  { handle: identifier, appPassword: password }: TestAccount,
): Promise<string> {
  const { id: channelId } = await client.channels.create({ workspaceId, network: 'bluesky', name: 'On Bluesky' });
  await client.channels.connect({ workspaceId, channelId, values: { server, identifier, password } });
  return channelId;
}

/** A business that publishes: a team, a network and a channel on it, all of them new for each test. */
export interface Business {
  readonly server: ReturnType<typeof useServer>;
  readonly clock: TestClock;
  readonly team: TestTeam;
  readonly network: FakeNetwork;
  readonly channelId: string;
  ws(): { workspaceId: string };
  /** Another network with a channel on it, beside the first. */
  addChannel(options?: {
    keyed?: boolean;
    reconcile?: Reconcile;
  }): Promise<{ network: FakeNetwork; channelId: string }>;
  /** The same in place of the first. */
  moveTo(options: { keyed?: boolean; reconcile?: Reconcile }): Promise<void>;
  /** A post on the channel that is not planned yet. */
  draft(content: Content): Promise<Post>;
  /** Publishes one part a text now, on the channel; a worker's round brings it out. */
  publish(...texts: string[]): Promise<Post>;
  /** The same of any content. */
  publishContent(content: Content): Promise<Post>;
  schedule(text: string, inMs: number): Promise<Post>;
  deliveryOf(post: Post): Promise<Delivery>;
  /** Everything a worker does until nothing is left to do now. */
  round(): Promise<unknown>;
}

let networks = 0;

/** Gives the tests of the surrounding file a business each, and the clock. */
export function useBusiness(about: Parameters<typeof makeTeam>[1] = {}): Business {
  const server = useServer();
  let clock: TestClock;
  let team: TestTeam;
  let at: { network: FakeNetwork; channelId: string };
  const ws = () => ({ workspaceId: team.workspaceId });

  const addChannel: Business['addChannel'] = async (options = {}) => {
    networks += 1;
    const network = createFakeNetwork({ ...options, id: `fake${networks}` });
    addNetwork(server.house, network.connector);
    const channel = await team.client.channels.create({ ...ws(), network: `fake${networks}`, name: 'Shop' });
    await team.client.channels.connect({ ...ws(), channelId: channel.id, values: { name: 'shop', secret: 'right' } });
    return { network, channelId: channel.id };
  };
  const draft: Business['draft'] = async (content) =>
    (await team.client.posts.create({ ...ws(), content, variants: [{ channelId: at.channelId }] })) as Post;
  const publishContent: Business['publishContent'] = async (content) => {
    const { id: postId, revision } = await draft(content);
    return (await team.client.posts.publishNow({ ...ws(), postId, revision })) as Post;
  };

  beforeAll(() => {
    clock = holdClock(server.test);
  });
  beforeEach(async () => {
    team = await makeTeam(server, about);
    at = await addChannel();
  });

  return {
    server,
    get clock() {
      return clock;
    },
    get team() {
      return team;
    },
    get network() {
      return at.network;
    },
    get channelId() {
      return at.channelId;
    },
    ws,
    addChannel,
    async moveTo(options) {
      at = await addChannel(options);
    },
    draft,
    publish: (...texts) => publishContent(says(...texts)),
    publishContent,
    async schedule(text, inMs) {
      const { checkedAt } = await team.client.publishing.health(ws());
      const due = Temporal.Instant.from(checkedAt).add({ milliseconds: inMs }).toZonedDateTimeISO('UTC');
      const when = { local: due.toPlainDateTime().toString({ smallestUnit: 'minute' }), zone: 'UTC' };
      const { id: postId, revision } = await draft(says(text));
      return (await team.client.posts.schedule({ ...ws(), postId, revision, at: when })) as Post;
    },
    async deliveryOf(post) {
      const [delivery] = (await team.client.posts.get({ ...ws(), postId: post.id })).deliveries;
      if (!delivery) throw new Error('no delivery');
      return delivery as Delivery;
    },
    round: () => runPublishingRound(server.house),
  };
}

/** The code of the refusal that a call ends with. */
export const codeOf = (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => 'no refusal',
    (error: { code: string }) => error.code,
  );
