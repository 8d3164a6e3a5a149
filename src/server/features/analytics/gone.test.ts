import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { minute, useBench, value } from './testing.ts';

const bench = useBench();
const { publish, tick, ws } = bench;
const gone = { likes: { state: 'gone' }, reposts: { state: 'gone' }, replies: { state: 'gone' } } as const;
const read = async (deliveryId: string) => bench.client.deliveries.get({ ...ws(), deliveryId });
const factsOf = async () => {
  const { rows } = await bench.server.house.db.inWorkspace(ws().workspaceId, (tx) =>
    sql<{ payload: { deliveryId: string } }>`SELECT payload FROM fact WHERE kind = 'delivery.gone'`.execute(tx),
  );
  return rows.map(({ payload }) => payload.deliveryId);
};

it('a post that the network no longer has is said to be gone, once, and counted', async () => {
  const [stays, goes] = [await publish(null, ['Here']), await publish(null, ['Soon gone'])];
  bench.network.posts.set(stays.remoteId, { likes: value(1) }).set(goes.remoteId, gone);
  for (let looks = 0; looks < 3; looks += 1) {
    await bench.advance(10 * minute);
    await tick();
  }
  expect((await read(stays.deliveryId)).goneAt).toBeNull();
  expect(await read(goes.deliveryId)).toMatchObject({
    state: 'published',
    goneAt: expect.any(String),
    removedAt: null,
  });
  expect(await factsOf()).toEqual([goes.deliveryId]);
  const { counts } = await bench.client.publishing.status({ ...ws(), days: 1 });
  expect(counts).toMatchObject({ live: 2, gone: 1 });
  const { items } = await bench.client.publishing.statusDeliveries({ ...ws(), days: 1, count: 'gone' });
  expect(items.map((it) => it.deliveryId)).toEqual([goes.deliveryId]);
});

it('a network that does not answer says nothing of what is gone', async () => {
  const post = await publish(null);
  bench.network.fault = { kind: 'temporarily-down', said: 'later' };
  await bench.advance(10 * minute);
  await tick();
  expect((await read(post.deliveryId)).goneAt).toBeNull();
});
