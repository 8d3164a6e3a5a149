import { afterAll, beforeAll, expect, it } from 'vitest';
import { practice } from '#connectors/practice/index.ts';
import { type AccountKind, type PracticeServer, startPractice } from '#test/servers/practice/index.ts';
import { addNetwork, says, useBusiness } from '../testing.ts';

const shop = useBusiness();
const { deliveryOf, round, ws } = shop;
let network: PracticeServer;
beforeAll(async () => {
  network = await startPractice();
});
afterAll(() => network?.stop());

const accepted = (handle: string) => network.readLedger(handle).map(({ text }) => text);

async function publishOn(kind: AccountKind, misbehaviour: string) {
  addNetwork(shop.server.house, practice);
  const handle = `${kind}-${misbehaviour}`;
  const account = await network.openAccount(handle, { kind, readLagMs: 0, rewrites: kind === 'keyless' });
  const { client } = shop.team;
  const { id: channelId } = await client.channels.create({ ...ws(), network: 'practice', name: handle });
  const values = { server: network.url, identifier: handle, password: account.password };
  await client.channels.connect({ ...ws(), channelId, values });
  await network.misbehave({ kind: misbehaviour }, { account: handle, call: 'post' });
  const content = says('Fresh bread for everybody: https://shop.example/bread');
  const { id: postId, revision } = await client.posts.create({ ...ws(), content, variants: [{ channelId }] });
  return { handle, post: await client.posts.publishNow({ ...ws(), postId, revision }) };
}

it.each(
  (['keyed', 'keyless', 'repeat', 'container'] as const).flatMap((kind) =>
    (['drop-after', 'drop-before'] as const).map((misbehaviour) => [kind, misbehaviour] as const),
  ),
)('on a %s account, after %s, exactly one post is there', async (kind, misbehaviour) => {
  const { handle, post } = await publishOn(kind, misbehaviour);
  await round();
  expect((await deliveryOf(post)).state).toBe('unconfirmed');
  await shop.clock.advance(6_000);
  await round();
  await shop.clock.advance(61_000);
  await round();
  expect((await deliveryOf(post)).state).toBe('published');
  expect(accepted(handle)).toHaveLength(1);
});

it('on a blind account nothing is sent again by itself, and a person is asked at once', async () => {
  const { handle, post } = await publishOn('blind', 'drop-after');
  await round();
  await shop.clock.advance(6_000);
  await round();
  expect((await shop.team.client.publishing.health(ws())).needsDecision).toBe(1);
  await shop.team.client.deliveries.confirmLive({ ...ws(), deliveryId: (await deliveryOf(post)).id });
  expect(accepted(handle)).toHaveLength(1);
});
