import { beforeAll, beforeEach } from 'vitest';
import type { Connector, Engagement, Reading } from '#connectors/kit/contract.ts';
import { type Fault, fail, ok } from '#connectors/kit/faults.ts';
import type { Manifest } from '#connectors/kit/manifest.ts';
import type { MetricId } from '#contract/metrics.ts';
import type { Question } from '#contract/operations.ts';
import { runPublishingRound } from '#server/features/publishing/index.ts';
import { addNetwork, says } from '#server/features/publishing/testing.ts';
import { holdClock, type TestClock } from '#test/clock.ts';
import { createFakeNetwork } from '#test/fake-network.ts';
import { makeTeam, type TestTeam } from '#test/makers.ts';
import { useServer } from '#test/server.ts';
import { tickMetrics } from './jobs.ts';

type Readings = Partial<Record<MetricId, Reading>>;

/** What a network that measures says, in the test's hand. */
export interface Measured {
  connector: Connector;
  /** By the post's remote id; a post that is not here is not mentioned in answers. */
  posts: Map<string, Readings>;
  account: Readings;
  engagements: Map<string, Engagement[]>;
  /** While set, every look fails with it. */
  fault: Fault | null;
  /** Awaited while posts are looked at. */
  duringLook: (() => Promise<void>) | null;
  /** Posts asked about, one entry a call. */
  asked: string[][];
}

/** A figure that is there. */
export const value = (number: number): Reading => ({ state: 'value', value: number });

/** Gives a network of the test harness ears for figures: likes, reposts and replies of posts, followers of the account. */
function measure(connector: Connector, metrics?: Manifest['metrics']): Measured {
  const measured: Measured = {
    posts: new Map(),
    account: {},
    engagements: new Map(),
    fault: null,
    duringLook: null,
    asked: [],
    connector: {
      ...connector,
      manifest: {
        ...connector.manifest,
        metrics: metrics ?? [
          { metric: 'likes', of: 'post', theirName: 'likeCount' },
          { metric: 'reposts', of: 'post', theirName: 'shareCount' },
          { metric: 'replies', of: 'post', theirName: 'replyCount' },
          { metric: 'followers', of: 'account', theirName: 'followersCount' },
        ],
      },
      insights: {
        async posts(_call, remoteIds) {
          measured.asked.push(remoteIds);
          await measured.duringLook?.();
          if (measured.fault) return fail(measured.fault);
          return ok(
            remoteIds.flatMap((remoteId) => {
              const readings = measured.posts.get(remoteId);
              return readings ? [{ remoteId, readings }] : [];
            }),
          );
        },
        account: async () => (measured.fault ? fail(measured.fault) : ok(measured.account)),
        engagements: async (_call, remoteId, limit) =>
          measured.fault ? fail(measured.fault) : ok((measured.engagements.get(remoteId) ?? []).slice(0, limit)),
      },
    },
  };
  return measured;
}

/** A like as a network tells it. */
export function like(name: string, minutesAgo = 0): Engagement {
  return {
    remoteId: `like:${name}`,
    kind: 'like',
    actor: { remoteId: `did:${name}`, handle: `${name}.example`, name, address: `https://example.com/${name}` },
    text: null,
    address: null,
    at: new Date(Date.now() - minutesAgo * 60_000),
  };
}

export const minute = 60_000;
export const day = 24 * 60 * minute;
const zone = 'Pacific/Auckland';

/** A business with one connected channel on a network that measures; all of it new for each test. */
export function useBench() {
  const server = useServer();
  let team: TestTeam;
  let network: Measured;
  let clock: TestClock;
  let channelId: string;
  let counter = 0;

  beforeAll(() => {
    clock = holdClock(server.test);
  });
  beforeEach(async () => {
    network = addMeasured();
    team = await makeTeam(server, { zone });
    channelId = await connect(network);
  });

  const ws = () => ({ workspaceId: team.workspaceId });

  /** Makes one more network known to the house. */
  function addMeasured(): Measured {
    counter += 1;
    const made = measure(createFakeNetwork({ id: `measured${counter}` }).connector);
    addNetwork(server.house, made.connector);
    return made;
  }

  async function connect(to: Measured): Promise<string> {
    const { client } = team;
    const id = to.connector.manifest.id;
    const channel = await client.channels.create({ ...ws(), network: id, name: `Shop on ${id}` });
    await client.channels.connect({ ...ws(), channelId: channel.id, values: { name: 'shop', secret: 'right' } });
    await server.settle();
    return channel.id;
  }

  /** The house's time in the workspace's zone. */
  async function now(): Promise<Temporal.ZonedDateTime> {
    const { checkedAt } = await team.client.publishing.health(ws());
    return Temporal.Instant.from(checkedAt).toZonedDateTimeISO(zone);
  }

  /** A goal of a hundred likes within thirty days, unless said otherwise. */
  async function setGoal(more: Partial<Question<'goals', 'create'>> = {}): Promise<string> {
    const deadlineOn = (await now()).toPlainDate().add({ days: 29 }).toString();
    const goal = { title: 'Likes', metric: 'likes', target: { kind: 'number', value: 100 }, deadlineOn } as const;
    return (await team.client.goals.create({ ...ws(), ...goal, ...more })).id;
  }

  /** Publishes a post that serves the goal and returns its delivery and the remote ids of its parts. */
  async function publish(goalId: string | null, texts: string[] = ['Fresh rolls'], on = channelId) {
    const serves = goalId === null ? ({ kind: 'none' } as const) : ({ kind: 'goal', goalId } as const);
    const variants = [{ channelId: on }];
    const draft = await team.client.posts.create({ ...ws(), content: says(...texts), serves, variants });
    await team.client.posts.publishNow({ ...ws(), postId: draft.id, revision: draft.revision });
    await runPublishingRound(server.house);
    await server.settle();
    const { deliveries } = await team.client.posts.get({ ...ws(), postId: draft.id });
    const [delivery] = deliveries;
    if (delivery?.state !== 'published') throw new Error(`not published: ${JSON.stringify(delivery)}`);
    const remoteIds = delivery.parts.map((part) => part.remoteId ?? '');
    return { deliveryId: delivery.id, remoteId: remoteIds[0] ?? '', remoteIds };
  }

  /** Moves time on past the pause between two requests and has the goal's figures fetched. */
  async function refresh(goalId: string): Promise<number> {
    await clock.advance(31_000);
    const { queued } = await team.client.analytics.refresh({ ...ws(), goalId });
    await server.settle();
    return queued;
  }

  /** Has the minute's tick run and everything that follows from it. */
  async function tick(): Promise<void> {
    await server.house.db.outside((tx) => server.house.jobs.enqueue(tx, tickMetrics, {}));
    await server.settle();
  }

  return {
    server,
    get client() {
      return team.client;
    },
    get network() {
      return network;
    },
    get channelId() {
      return channelId;
    },
    advance: (ms: number) => clock.advance(ms),
    ws,
    addMeasured,
    connect,
    now,
    setGoal,
    publish,
    refresh,
    tick,
    progress: (goalId: string) => team.client.analytics.progress({ ...ws(), goalId }),
    evidence: (goalId: string) => team.client.analytics.evidence({ ...ws(), goalId }),
    figures: async (deliveryId: string) => (await team.client.analytics.figures({ ...ws(), deliveryId })).figures,
  };
}

/** Gaps by code. */
export const codes = (gaps: { code: string; count: number }[]): Record<string, number> =>
  Object.fromEntries(gaps.map((gap) => [gap.code, gap.count]));
