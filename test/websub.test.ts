import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Delivery } from '#contract/deliveries.ts';
import { runPublishingRound } from '#server/features/publishing/index.ts';
import { says } from '#server/features/publishing/testing.ts';
import { holdClock, type TestClock } from './clock.ts';
import { makeTeam, type TestTeam } from './makers.ts';
import { useServer } from './server.ts';

/** A hub as the publisher meets it: takes a ping, fetches the topic, and remembers what it would hand on. */
interface Hub {
  url: string;
  /** What was asked, verbatim. */
  pings: { type: string; mode: string | null; topic: string | null }[];
  /** Topic → what stood there at its last ping. */
  topics: Map<string, string>;
  /** Answers of the next pings; after them every one is taken. */
  answers: number[];
}

let hub: Hub;
let listening: Server;
const port = await new Promise<number>((resolve) => {
  listening = createServer((request, response) => {
    let body = '';
    request.on('data', (piece) => {
      body += String(piece);
    });
    request.on('end', async () => {
      const form = new URLSearchParams(body);
      const [mode, topic] = [form.get('hub.mode'), form.get('hub.url')];
      hub.pings.push({ type: `${request.method} ${request.headers['content-type']}`, mode, topic });
      const status = hub.answers.shift() ?? 204;
      if (status === 204 && topic) {
        // The installation's own address leads to this test's server.
        const { pathname } = new URL(topic);
        const answer = await fetch(new URL(pathname, server.url));
        hub.topics.set(topic, `${answer.status} ${answer.headers.get('link')}\n${await answer.text()}`);
      }
      response.writeHead(status).end();
    });
  }).listen(0, '127.0.0.1', () => resolve((listening.address() as AddressInfo).port));
});

const server = useServer({ WEBSUB_HUB: `http://127.0.0.1:${port}/hub` });
let team: TestTeam;
let clock: TestClock;
let counter = 0;

beforeAll(() => {
  clock = holdClock(server.test);
});
afterAll(() => {
  listening.closeAllConnections();
  listening.close();
});

let channelId: string;
let feeds: string[];
beforeEach(async () => {
  counter += 1;
  hub = { url: `http://127.0.0.1:${port}/hub`, pings: [], topics: new Map(), answers: [] };
  team = await makeTeam(server);
  const page = await team.client.page.open({ ...ws(), address: `bakery-${counter}`, title: 'Bakery' });
  channelId = page.channelId;
  feeds = ['feed.rss', 'feed.atom', 'feed.json'].map((file) => `${page.url}/${file}`);
});

const ws = () => ({ workspaceId: team.workspaceId });
const one = ({ id }: Delivery) => ({ ...ws(), deliveryId: id });

async function publish(text: string): Promise<Delivery> {
  const draft = await team.client.posts.create({ ...ws(), content: says(text), variants: [{ channelId }] });
  await team.client.posts.publishNow({ ...ws(), postId: draft.id, revision: draft.revision });
  await runPublishingRound(server.house);
  await server.settle();
  const { deliveries } = await team.client.posts.get({ ...ws(), postId: draft.id });
  const [delivery] = deliveries;
  if (!delivery) throw new Error('no delivery');
  return delivery as Delivery;
}

/** One ping for each feed, as a hub understands it. */
const pinged = () => feeds.map((topic) => ({ type: 'POST application/x-www-form-urlencoded', mode: 'publish', topic }));

describe('a hub', () => {
  it('hears of every feed when a post is published, corrected and taken down, and finds it there', async () => {
    const delivery = await publish('Fersh rolls.');
    expect(hub.pings).toEqual(pinged());
    for (const topic of feeds) {
      expect(hub.topics.get(topic)).toContain('Fersh rolls.');
      expect(hub.topics.get(topic)).toContain(`<${hub.url}>; rel="hub", <${topic}>; rel="self"`);
    }
    hub.pings = [];
    await team.client.deliveries.correct({ ...one(delivery), content: says('Fresh rolls.') });
    await server.settle();
    expect(hub.pings).toEqual(pinged());
    for (const topic of feeds) expect(hub.topics.get(topic)).toContain('Fresh rolls.');
    hub.pings = [];
    await team.client.deliveries.takeDown(one(delivery));
    await server.settle();
    expect(hub.pings).toEqual(pinged());
    for (const topic of feeds) expect(hub.topics.get(topic)).not.toContain('rolls');
  });

  it('is told again when it did not answer, and a ping that fails hurts no post', async () => {
    hub.answers = [503];
    await expect(publish('Busy hub')).rejects.toThrow(/1 of 1 hubs did not answer/);
    expect(hub.pings).toHaveLength(3);
    hub.pings = [];
    await clock.advance(60_000);
    await server.settle();
    expect(hub.pings).toEqual(pinged());
    const { items } = await team.client.deliveries.list({ ...ws(), show: 'done' });
    expect(items.map((it) => it.state)).toEqual(['published']);
  });

  it('is not told again when it says no', async () => {
    hub.answers = [403, 403, 403];
    await publish('Unwanted');
    await clock.advance(60 * 60_000);
    await server.settle();
    expect(hub.pings).toHaveLength(3);
  });

  it('hears once of several changes', async () => {
    const posts = ['One', 'Two', 'Three'];
    for (const text of posts) {
      const draft = await team.client.posts.create({ ...ws(), content: says(text), variants: [{ channelId }] });
      await team.client.posts.publishNow({ ...ws(), postId: draft.id, revision: draft.revision });
    }
    await runPublishingRound(server.house);
    await server.settle();
    expect(hub.pings).toEqual(pinged());
    for (const text of posts) expect(hub.topics.get(feeds[2] ?? '')).toContain(text);
  });
});

describe('without a hub', () => {
  const quiet = useServer();

  it('nobody is told and no feed names one', async () => {
    const alone = await makeTeam(quiet);
    const { workspaceId, client } = alone;
    const page = await client.page.open({ workspaceId, address: 'quiet-bakery', title: 'Bakery' });
    const draft = await client.posts.create({
      workspaceId,
      content: says('Hush'),
      variants: [{ channelId: page.channelId }],
    });
    await client.posts.publishNow({ workspaceId, postId: draft.id, revision: draft.revision });
    await runPublishingRound(quiet.house);
    await quiet.settle();
    expect(hub.pings).toEqual([]);
    const answer = await quiet.api('/p/quiet-bakery/feed.atom');
    expect(answer.headers.get('link')).not.toContain('hub');
    expect(await answer.text()).not.toContain('rel="hub"');
  });
});
