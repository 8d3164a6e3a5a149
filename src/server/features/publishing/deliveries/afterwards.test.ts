import { sql } from 'kysely';
import { beforeEach, describe, expect, it } from 'vitest';
import { type Fault, fail, ok } from '#connectors/kit/faults.ts';
import type { Content } from '#contract/content.ts';
import type { Delivery } from '#contract/deliveries.ts';
import { makeMember } from '#test/makers.ts';
import { codeOf, says, useBusiness } from '../testing.ts';
import { askTakeDown } from './afterwards-store.ts';
import { goOnLater } from './finish-job.ts';

const shop = useBusiness();
const { deliveryOf, round, ws } = shop;
/** What the next calls after publication answer instead of doing it; null does it. */
let faults: (Fault | null)[];
/** Done, and the answer is lost. */
let losing = false;
const lost: Fault = { kind: 'outcome-unknown', said: 'connection reset' };

beforeEach(() => {
  faults = [];
  losing = false;
  const { connector, posts } = shop.network;
  connector.manifest.remove = true;
  connector.manifest.correct = true;
  connector.publish.correct = async (_call, remoteId, part) => {
    const fault = faults.shift();
    if (fault) return fail(fault);
    const post = posts.find((it) => it.id === remoteId);
    if (!post) return fail({ kind: 'content-rejected' as const, field: 'gone', reason: 'gone', said: 'gone' });
    post.text = part.text;
    return losing ? fail(lost) : ok({ remoteId, address: null, receipt: null });
  };
  connector.publish.remove = async (_call, remoteId) => {
    const fault = faults.shift();
    if (fault) return fail(fault);
    const at = posts.findIndex((it) => it.id === remoteId);
    if (at >= 0) posts.splice(at, 1);
    return losing ? fail(lost) : ok(null);
  };
});

const down: Fault = { kind: 'temporarily-down', said: 'busy' };
const texts = () => shop.network.posts.map((post) => post.text);

async function publish(...parts: string[]): Promise<Delivery> {
  const post = await shop.publish(...parts);
  await round();
  return deliveryOf(post);
}

const one = ({ id }: Delivery) => ({ ...ws(), deliveryId: id });
const correct = (delivery: Delivery, content: Content) =>
  shop.team.client.deliveries.correct({ ...one(delivery), content });
async function factsOf(kind: string): Promise<Record<string, unknown>[]> {
  const { rows } = await shop.server.house.db.inWorkspace(shop.team.workspaceId, (tx) =>
    sql<{ payload: Record<string, unknown> }>`SELECT payload FROM fact WHERE kind = ${kind} ORDER BY at`.execute(tx),
  );
  return rows.map((row) => row.payload);
}

describe('taking down what is live', () => {
  it('removes every part, the last one first, and keeps when', async () => {
    const delivery = await publish('first', 'second', 'third');
    expect(delivery.afterwards).toEqual({ correct: true, takeDown: true, asked: null });
    const done = await shop.team.client.deliveries.takeDown(one(delivery));
    expect(shop.network.posts).toEqual([]);
    expect(done).toMatchObject({ state: 'published', afterwards: { correct: false, takeDown: false, asked: null } });
    expect(done.removedAt).not.toBeNull();
    expect(done.parts.every((part) => part.removedAt !== null)).toBe(true);
    expect((await factsOf('delivery.removed')).map((fact) => fact['position'])).toEqual([2, 1, 0]);
    expect(await codeOf(shop.team.client.deliveries.takeDown(one(delivery)))).toBe('delivery-not-in-state');
  });

  it('goes on by itself where the network did not answer, from the part at which it stood', async () => {
    const delivery = await publish('first', 'second');
    faults = [null, down];
    const asked = await shop.team.client.deliveries.takeDown(one(delivery));
    expect(asked).toMatchObject({ removedAt: null, afterwards: { takeDown: false, asked: 'take-down' } });
    expect(asked.parts.map((part) => part.removedAt === null)).toEqual([true, false]);
    expect(texts()).toEqual(['first']);
    await shop.clock.advance(61_000);
    await shop.server.settle();
    expect(shop.network.posts).toEqual([]);
    const done = await shop.team.client.deliveries.get(one(delivery));
    expect(done.removedAt).not.toBeNull();
    expect(done.afterwards.asked).toBeNull();
  });

  it('finds out that it is gone when the answer was lost', async () => {
    const delivery = await publish('Once');
    losing = true;
    expect((await shop.team.client.deliveries.takeDown(one(delivery))).removedAt).toBeNull();
    losing = false;
    await shop.clock.advance(61_000);
    await shop.server.settle();
    expect((await shop.team.client.deliveries.get(one(delivery))).removedAt).not.toBeNull();
    expect(await factsOf('delivery.removed')).toHaveLength(1);
  });

  it('is finished by the queue when the process died before the network was called', async () => {
    const delivery = await publish('Orphan');
    const place = { workspaceId: shop.team.workspaceId, deliveryId: delivery.id };
    await shop.server.house.db.inWorkspace(shop.team.workspaceId, async (tx) => {
      await askTakeDown(tx, delivery.id);
      await goOnLater(shop.server, tx, place);
    });
    await shop.server.settle();
    expect(texts()).toEqual(['Orphan']);
    await shop.clock.advance(61_000);
    await shop.server.settle();
    expect(shop.network.posts).toEqual([]);
  });

  it('stays up when the network says no, and says why', async () => {
    const delivery = await publish('Stays');
    faults = [{ kind: 'permission-missing', permission: 'delete', said: 'not yours' }];
    expect(await codeOf(shop.team.client.deliveries.takeDown(one(delivery)))).toBe('network-cannot');
    const now = await shop.team.client.deliveries.get(one(delivery));
    expect(now).toMatchObject({ removedAt: null, afterwards: { takeDown: true, asked: null } });
    expect(now.parts[0]?.fault).toMatchObject({ kind: 'permission-missing', said: 'not yours' });
    await shop.clock.advance(2 * 60 * 60_000);
    await shop.server.settle();
    expect(texts()).toEqual(['Stays']);
  });

  it('is given up after a day without an answer', async () => {
    const delivery = await publish('Silent');
    faults = Array.from({ length: 60 }, () => down);
    await shop.team.client.deliveries.takeDown(one(delivery));
    for (let hours = 0; hours < 27; hours += 1) {
      await shop.clock.advance(60 * 60_000 + 1_000);
      await shop.server.settle();
    }
    expect((await shop.team.client.deliveries.get(one(delivery))).afterwards).toEqual({
      correct: true,
      takeDown: true,
      asked: null,
    });
    expect(await factsOf('delivery.stays-up')).toHaveLength(1);
  });

  it('cancels what has not gone out yet', async () => {
    shop.network.script = [
      'accept',
      { kind: 'content-rejected', field: 'text', reason: 'no', said: 'no', reached: 'no' },
    ];
    const delivery = await publish('first', 'second', 'third');
    const done = await shop.team.client.deliveries.takeDown(one(delivery));
    expect(done.parts.map((part) => part.state)).toEqual(['published', 'cancelled', 'cancelled']);
    expect(done.removedAt).not.toBeNull();
    await round();
    expect(shop.network.posts).toEqual([]);
  });

  it('is refused before it is out, and while its outcome is open', async () => {
    shop.network.script = ['accept-and-lose'];
    const open = await publish('Open');
    expect(open.state).toBe('unconfirmed');
    expect(await codeOf(shop.team.client.deliveries.takeDown(one(open)))).toBe('delivery-not-in-state');
    shop.network.script = ['accept', 'accept-and-lose'];
    const half = await publish('half', 'open');
    expect(await codeOf(shop.team.client.deliveries.takeDown(one(half)))).toBe('delivery-on-its-way');
    expect(await codeOf(correct(half, says('a', 'b')))).toBe('delivery-not-in-state');
  });

  it('is refused where the network has no such thing, and to those who may not', async () => {
    await shop.moveTo({});
    const delivery = await publish('For good');
    expect(delivery.afterwards).toEqual({ correct: false, takeDown: false, asked: null });
    expect(await codeOf(shop.team.client.deliveries.takeDown(one(delivery)))).toBe('network-cannot');
    expect(await codeOf(correct(delivery, says('Other')))).toBe('network-cannot');
    const viewer = await makeMember(shop.server, shop.team.workspaceId, 'viewer');
    expect(await codeOf(viewer.client.deliveries.takeDown(one(delivery)))).toBe('not-allowed');
  });
});

describe('correcting what is live', () => {
  it('changes the parts that differ, keeps the address, and remembers the words', async () => {
    const delivery = await publish('first', 'secnod');
    const done = await correct(delivery, says('first', 'second'));
    expect(texts()).toEqual(['first', 'second']);
    expect(done).toMatchObject({ address: delivery.address, correctedContent: says('first', 'second') });
    expect(done.correctedAt).not.toBeNull();
    expect(await factsOf('delivery.corrected')).toHaveLength(1);
    await correct(delivery, says('first', 'second'));
    expect(await factsOf('delivery.corrected')).toHaveLength(1);
  });

  it('shows the new beginning in the ledger', async () => {
    const delivery = await publish('Fersh rolls');
    await correct(delivery, says('Fresh rolls'));
    const { items } = await shop.team.client.deliveries.list({ ...ws(), show: 'done' });
    expect(items.find((it) => it.id === delivery.id)?.excerpt).toBe('Fresh rolls');
  });

  it('is finished later where the network did not answer', async () => {
    const delivery = await publish('Fersh');
    faults = [down];
    const asked = await correct(delivery, says('Fresh'));
    expect(asked).toMatchObject({ correctedAt: null, correctedContent: null, afterwards: { asked: 'correct' } });
    expect(await codeOf(correct(delivery, says('Other')))).toBe('delivery-on-its-way');
    await shop.clock.advance(61_000);
    await shop.server.settle();
    expect(texts()).toEqual(['Fresh']);
    expect(await shop.team.client.deliveries.get(one(delivery))).toMatchObject({
      correctedContent: says('Fresh'),
      afterwards: { asked: null },
    });
  });

  it('keeps what is true when the network takes one part and refuses the next', async () => {
    const delivery = await publish('one', 'two');
    faults = [null, { kind: 'content-rejected', field: 'parts.1.text', reason: 'no', said: 'rude' }];
    expect(await codeOf(correct(delivery, says('One', 'Two')))).toBe('content-invalid');
    expect(texts()).toEqual(['One', 'two']);
    expect((await shop.team.client.deliveries.get(one(delivery))).correctedContent).toEqual(says('One', 'two'));
  });

  it.each([
    ['another number of parts', says('a', 'b'), 'input-invalid'],
    ['words that the network has no room for', says('x'.repeat(101)), 'content-invalid'],
    ['no words', says(' '), 'content-invalid'],
    ['a first comment that was not there', { ...says('a'), firstComment: 'b' }, 'input-invalid'],
  ])('refuses %s and changes nothing', async (_, content, refusal) => {
    const delivery = await publish('As it was');
    expect(await codeOf(correct(delivery, content))).toBe(refusal);
    expect(texts()).toEqual(['As it was']);
    expect((await shop.team.client.deliveries.get(one(delivery))).afterwards.asked).toBeNull();
  });

  it('is off when it is taken down', async () => {
    const delivery = await publish('Fersh');
    faults = [down];
    await correct(delivery, says('Fresh'));
    await shop.team.client.deliveries.takeDown(one(delivery));
    await shop.clock.advance(61_000);
    await shop.server.settle();
    expect(shop.network.posts).toEqual([]);
    expect(await codeOf(correct(delivery, says('Fresh')))).toBe('delivery-not-in-state');
  });
});
