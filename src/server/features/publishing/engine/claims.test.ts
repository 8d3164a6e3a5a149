import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { createFakeNetwork } from '#test/fake-network.ts';
import { makeTeam, type TestTeam } from '#test/makers.ts';
import { useServer } from '#test/server.ts';
import { startPublisher } from '../index.ts';
import { addNetwork, says } from '../testing.ts';
import { type Claim, claimDue, renewLeases } from './ledger-store.ts';

const server = useServer();
let networks = 0;

/** A workspace in which so many posts are due on each of so many channels. */
async function makeBusyTeam({ channels, posts }: { channels: number; posts: number }) {
  const network = createFakeNetwork({ id: `claimed${++networks}`, keyed: true });
  addNetwork(server.house, network.connector);
  const team = await makeTeam(server);
  const { client, workspaceId } = team;
  for (let c = 0; c < channels; c += 1) {
    const { id: channelId } = await client.channels.create({
      workspaceId,
      network: network.connector.manifest.id,
      name: `Shop ${c}`,
    });
    await client.channels.connect({ workspaceId, channelId, values: { name: `shop${c}`, secret: 'right' } });
    for (let p = 0; p < posts; p += 1) {
      const content = says(`${c}.${p}`);
      const draft = await client.posts.create({ workspaceId, content, variants: [{ channelId }] });
      await client.posts.publishNow({ workspaceId, postId: draft.id, revision: draft.revision });
    }
  }
  return { ...team, network };
}

const claim = (limit: number, perWorkspace?: number) =>
  server.house.db.across((tx) => claimDue(tx, limit, perWorkspace));
const putBack = (team: TestTeam) =>
  server.house.db.inWorkspace(team.workspaceId, (tx) =>
    sql`UPDATE delivery SET state = 'scheduled', lease_until = NULL WHERE state = 'claimed'`.execute(tx),
  );
const of = (claims: readonly Claim[], team: TestTeam) =>
  claims.filter((it) => it.workspaceId === team.workspaceId).length;

it('takes workspaces in turn, one of each channel, and no more than there is room for', async () => {
  const many = await makeBusyTeam({ channels: 4, posts: 3 });
  const few = await makeBusyTeam({ channels: 1, posts: 1 });
  const both = await claim(2);
  expect([of(both, many), of(both, few)]).toEqual([1, 1]);
  const rest = await claim(100);
  expect([of(rest, many), of(rest, few)]).toEqual([3, 0]);
  expect(await claim(100)).toEqual([]);
  await putBack(many);
  expect(of(await claim(100, 2), many)).toBe(2);
  await putBack(many);
  await putBack(few);
});

it('leaves what stands under a hold or is late to the sweep', async () => {
  const team = await makeBusyTeam({ channels: 2, posts: 1 });
  const { client, workspaceId } = team;
  const late = sql`UPDATE delivery SET due_at = due_at - interval '2 hours' WHERE channel_id = (SELECT min(channel_id::text)::uuid FROM delivery)`;
  await server.house.db.inWorkspace(workspaceId, (tx) => late.execute(tx));
  expect(of(await claim(100), team)).toBe(1);
  await putBack(team);
  await client.publishing.hold({ workspaceId });
  expect(of(await claim(100), team)).toBe(0);
});

it('renews what is still held, and tells what is not, without waiting for a row that is being written', async () => {
  const team = await makeBusyTeam({ channels: 3, posts: 1 });
  const claims = (await claim(100)).filter((it) => it.workspaceId === team.workspaceId);
  const [written, lost] = claims;
  await server.house.db.inWorkspace(team.workspaceId, async (tx) => {
    await sql`UPDATE delivery SET fence = fence + 1 WHERE id = ${lost?.id}`.execute(tx);
  });
  const gone = await server.house.db.inWorkspace(team.workspaceId, async (tx) => {
    await sql`UPDATE delivery SET updated_at = clock.now() WHERE id = ${written?.id}`.execute(tx);
    return server.house.db.across((other) => renewLeases(other, claims));
  });
  expect(gone).toEqual(new Set([lost?.id]));
  await putBack(team);
});

it('sends many at once, each channel in its order, and nothing twice', async () => {
  const team = await makeBusyTeam({ channels: 6, posts: 4 });
  const { network } = team;
  let sending = 0;
  let most = 0;
  let started = 0;
  network.beforeSend = async () => {
    sending += 1;
    most = Math.max(most, sending);
    // Later ones are quicker: without an order they would overtake.
    await new Promise((resolve) => setTimeout(resolve, Math.max(5, 300 - 20 * started++)));
    sending -= 1;
  };
  const publisher = await startPublisher(server.house, { sendsAtOnce: 5 });
  for (let tries = 0; tries < 200 && network.posts.length < 24; tries += 1)
    await new Promise((resolve) => setTimeout(resolve, 50));
  await publisher.stop();
  expect(network.writes).toBe(24);
  for (let c = 0; c < 6; c += 1) {
    const texts = network.posts.map((post) => post.text).filter((text) => text.startsWith(`${c}.`));
    expect(texts).toEqual([0, 1, 2, 3].map((p) => `${c}.${p}`));
  }
  expect(most).toBe(5);
});
