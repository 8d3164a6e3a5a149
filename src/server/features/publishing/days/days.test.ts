import fc from 'fast-check';
import { sql } from 'kysely';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type DeliveryState, deliveryStates } from '#contract/deliveries.ts';
import { holdClock, type TestClock } from '#test/clock.ts';
import { createFakeNetwork, type FakeNetwork } from '#test/fake-network.ts';
import { makeTeam, type TestTeam } from '#test/makers.ts';
import { useServer } from '#test/server.ts';
import { runPublishingRound } from '../index.ts';
import { addNetwork, says } from '../testing.ts';
import { addsUp, daySpans, reckonDay } from './day-reckoning.rules.ts';
import { reckonDaysJob } from './reckon-days.ts';

const server = useServer();
let team: TestTeam;
let network: FakeNetwork;
let clock: TestClock;
let channelId: string;
let counter = 0;
beforeAll(() => {
  clock = holdClock(server.test);
});
beforeEach(async () => {
  counter += 1;
  network = createFakeNetwork({ id: `daily${counter}` });
  addNetwork(server.house, network.connector);
  team = await makeTeam(server, { zone: 'Asia/Bangkok' });
  const { client, workspaceId } = team;
  const channel = await client.channels.create({ workspaceId, network: `daily${counter}`, name: 'Shop' });
  await client.channels.connect({ workspaceId, channelId: channel.id, values: { name: 'shop', secret: 'right' } });
  channelId = channel.id;
});

const ws = () => ({ workspaceId: team.workspaceId });
const refused = { kind: 'content-rejected', field: 'text', reason: 'no', said: 'no', reached: 'no' } as const;
async function publish(text: string, firstComment?: string): Promise<string> {
  const content = { ...says(text), ...(firstComment === undefined ? {} : { firstComment }) };
  const { id: postId, revision } = await team.client.posts.create({ ...ws(), content, variants: [{ channelId }] });
  await team.client.posts.publishNow({ ...ws(), postId, revision });
  return postId;
}
const facts = () =>
  server.house.db.inWorkspace(team.workspaceId, async (tx) => {
    const { rows } = await sql<{
      payload: { on: string; due: number };
    }>`SELECT payload FROM fact WHERE kind = 'publishing.day-reckoned' ORDER BY at`.execute(tx);
    return rows.map((row) => row.payload);
  });
const runJob = () => reckonDaysJob.run({ house: server.house, log: server.house.log, jobId: 'test' }, {});

describe('the day’s reckoning', () => {
  it('accounts for everything that was due, whatever became of it', async () => {
    network.script = [refused, 'lose', 'accept'];
    await publish('refused');
    await publish('lost');
    await publish('live', 'and its comment');
    await runPublishingRound(server.house);
    const hold = await team.client.publishing.hold({ ...ws() });
    await publish('held');
    await runPublishingRound(server.house);
    await team.client.publishing.lift({ ...ws(), holdId: hold.id });
    await team.client.posts.cancel({ ...ws(), postId: await publish('cancelled') });
    const { items } = await team.client.publishing.days(ws());
    expect(items).toHaveLength(1);
    expect(items[0]).toMatchObject({ due: 5, live: 1, failed: 1, held: 0, unconfirmed: 1, cancelled: 1, underWay: 1 });
  });

  it('counts by the workspace’s own days', async () => {
    const { id: postId, revision } = await team.client.posts.create({
      ...ws(),
      content: says('Late'),
      variants: [{ channelId }],
    });
    // 20:00 in Berlin is the next day in Bangkok.
    const at = { local: '2031-03-03T20:00', zone: 'Europe/Berlin' };
    await team.client.posts.schedule({ ...ws(), postId, revision, at });
    const on = async (from: string, to: string) =>
      (await team.client.publishing.days({ ...ws(), from, to })).items.map((day) => [day.on, day.due, day.underWay]);
    expect(await on('2031-03-03', '2031-03-03')).toEqual([]);
    expect(await on('2031-03-01', '2031-03-05')).toEqual([['2031-03-04', 1, 1]]);
  });

  it('is told once when the day is over, and not before', async () => {
    await publish('live');
    await runPublishingRound(server.house);
    await runJob();
    expect(await facts()).toEqual([]);
    await clock.advance(24 * 60 * 60_000);
    await runJob();
    await runJob();
    expect(await facts()).toMatchObject([{ due: 1, live: 1, underWay: 0 }]);
  });

  it('is wrong, loudly, when a delivery is nowhere', async () => {
    await publish('live');
    await server.house.db.inWorkspace(team.workspaceId, (tx) => sql`UPDATE delivery SET position = 7`.execute(tx));
    await clock.advance(24 * 60 * 60_000);
    await runJob();
    expect(server.logged.some((line) => line.includes('missing from its reckoning'))).toBe(true);
    expect(await facts()).toEqual([]);
  });

  it('adds up for every mixture of states, and for none from which one is missing', () => {
    const states = fc.array(fc.record({ state: fc.constantFrom(...deliveryStates), count: fc.nat(1_000) }));
    fc.assert(
      fc.property(states, (counted: { state: DeliveryState; count: number }[]) => {
        const due = counted.reduce((sum, { count }) => sum + count, 0);
        expect(addsUp(reckonDay('2031-03-03', due, counted))).toBe(true);
        expect(addsUp(reckonDay('2031-03-03', due + 1, counted))).toBe(false);
      }),
    );
  });

  it('has days of 23 and 25 hours where clocks change', () => {
    const hours = daySpans('2031-03-29', '2031-03-31', 'Europe/Berlin', 10).map(
      ({ from, to }) => (to.getTime() - from.getTime()) / 3_600_000,
    );
    expect(hours).toEqual([24, 23, 24]);
    expect(daySpans('2031-10-26', '2031-10-26', 'Europe/Berlin', 1)[0]).toMatchObject({
      from: new Date('2031-10-25T22:00:00Z'),
      to: new Date('2031-10-26T23:00:00Z'),
    });
  });
});
