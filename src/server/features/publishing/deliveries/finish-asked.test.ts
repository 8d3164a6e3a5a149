import { beforeEach, describe, expect, it } from 'vitest';
import { ok } from '#connectors/kit/faults.ts';
import type { Content } from '#contract/content.ts';
import type { Delivery } from '#contract/deliveries.ts';
import { codeOf, says, useBusiness } from '../testing.ts';

const shop = useBusiness();
const { deliveryOf, publish, round, ws } = shop;

/** Awaited by the next correction before it is written. */
let during: (() => Promise<void>) | null;

beforeEach(() => {
  during = null;
  const { connector, posts } = shop.network;
  connector.manifest.remove = true;
  connector.manifest.correct = true;
  connector.publish.correct = async (_call, remoteId, part) => {
    const waits = during;
    during = null;
    await waits?.();
    // As some networks do: writing what is gone makes it anew.
    const post = posts.find((it) => it.id === remoteId);
    if (post) post.text = part.text;
    else posts.push({ id: remoteId, key: null, text: part.text, replyTo: null, at: 0 });
    return ok({ remoteId, address: null, receipt: null });
  };
  connector.publish.remove = async (_call, remoteId) => {
    const at = posts.findIndex((it) => it.id === remoteId);
    if (at >= 0) posts.splice(at, 1);
    return ok(null);
  };
});

const texts = () => shop.network.posts.map((post) => post.text);
async function bring(...parts: string[]): Promise<Delivery> {
  const post = await publish(...parts);
  await round();
  return deliveryOf(post);
}
const one = ({ id }: Delivery) => ({ ...ws(), deliveryId: id });
const correct = (delivery: Delivery, content: Content) =>
  shop.team.client.deliveries.correct({ ...one(delivery), content });

/** Begins a correction and returns once the network has it; `answer` lets it be written. */
async function beginCorrection(delivery: Delivery, content: Content) {
  const reached = Promise.withResolvers<void>();
  const answer = Promise.withResolvers<void>();
  during = () => {
    reached.resolve();
    return answer.promise;
  };
  const done = correct(delivery, content);
  await reached.promise;
  return { done, answer: answer.resolve };
}

describe('what was asked after publication', () => {
  it('remembers every part of a correction, not the last one alone', async () => {
    const delivery = await bring('first', 'second', 'third');
    const done = await correct(delivery, says('First', 'second', 'Third'));
    expect(texts()).toEqual(['First', 'second', 'Third']);
    expect(done.correctedContent).toEqual(says('First', 'second', 'Third'));
  });

  it('takes down after a correction that is on the wire, so that nothing comes back', async () => {
    const delivery = await bring('Fersh');
    const correction = await beginCorrection(delivery, says('Fresh'));
    const asked = await shop.team.client.deliveries.takeDown(one(delivery));
    expect(asked.afterwards.asked).toBe('take-down');
    correction.answer();
    await correction.done;
    await shop.clock.advance(61_000);
    await shop.server.settle();
    expect(texts()).toEqual([]);
    const now = await shop.team.client.deliveries.get(one(delivery));
    expect(now.removedAt).not.toBeNull();
    expect(now.parts[0]?.fault).toBeNull();
  });

  it('lets no correction overtake one that is still on the wire after a minute', async () => {
    const delivery = await bring('Fersh');
    const correction = await beginCorrection(delivery, says('Fresh'));
    await shop.clock.advance(61_000);
    expect(await codeOf(correct(delivery, says('Newer')))).toBe('delivery-on-its-way');
    correction.answer();
    await correction.done;
    await correct(delivery, says('Newer'));
    expect(texts()).toEqual(['Newer']);
  });

  it('goes on with what a process left that died at it', async () => {
    const delivery = await bring('Orphan');
    const correction = await beginCorrection(delivery, says('Fresh'));
    await shop.team.client.deliveries.takeDown(one(delivery));
    await shop.clock.advance(200_000);
    await shop.server.settle();
    expect(texts()).toEqual([]);
    shop.network.connector.publish.correct = async (_call, remoteId) => ok({ remoteId, address: null, receipt: null });
    correction.answer();
    await correction.done;
  });
});
