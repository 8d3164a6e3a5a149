import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { codes, useBench, value } from './testing.ts';

const bench = useBench();

describe('what is not known is not zero', () => {
  it('when nothing was fetched yet', async () => {
    const goalId = await bench.setGoal();
    const { deliveryId } = await bench.publish(goalId);
    expect(await bench.progress(goalId)).toMatchObject({
      value: null,
      share: null,
      status: 'not-enough-data',
      series: [],
    });
    expect(codes((await bench.progress(goalId)).gaps)).toMatchObject({ 'not-fetched': 1 });
    expect((await bench.figures(deliveryId)).map((f) => [f.value, f.absence])).toEqual(
      Array(4).fill([null, 'not-fetched']),
    );
    expect((await bench.evidence(goalId)).items[0]).toMatchObject({ contributed: null });
  });

  it.each([
    ['forbidden', { state: 'no-permission', permission: 'read_insights' } as const, 'no-permission'],
    ['not offered', { state: 'not-offered' } as const, 'not-offered'],
    ['gone', { state: 'gone' } as const, 'gone'],
  ])('when it is %s', async (_, reading, absence) => {
    const goalId = await bench.setGoal();
    const known = await bench.publish(goalId);
    const { deliveryId, remoteId } = await bench.publish(goalId);
    bench.network.posts.set(known.remoteId, { likes: value(4) });
    bench.network.posts.set(remoteId, { likes: reading });
    await bench.refresh(goalId);
    expect((await bench.figures(deliveryId))[0]).toMatchObject({ metric: 'likes', value: null, absence });
    expect(await bench.progress(goalId)).toMatchObject({ value: 4 });
    expect(codes((await bench.progress(goalId)).gaps)).toMatchObject({ [absence]: 1 });
  });

  it('when the network failed, and a failure leaves the last good value where it was', async () => {
    const goalId = await bench.setGoal();
    const { deliveryId, remoteId } = await bench.publish(goalId);
    bench.network.fault = { kind: 'temporarily-down', said: 'maintenance' };
    await bench.refresh(goalId);
    expect((await bench.figures(deliveryId))[0]).toMatchObject({ value: null, absence: 'failed', fetchedAt: null });

    bench.network.fault = null;
    bench.network.posts.set(remoteId, { likes: value(4) });
    await bench.refresh(goalId);
    const good = (await bench.figures(deliveryId))[0];
    expect(good).toMatchObject({ value: 4, absence: null });

    bench.network.fault = { kind: 'temporarily-down', said: 'maintenance' };
    await bench.refresh(goalId);
    expect((await bench.figures(deliveryId))[0]).toEqual({ ...good, absence: 'failed' });
    expect(await bench.progress(goalId)).toMatchObject({ value: 4 });
    expect(codes((await bench.progress(goalId)).gaps)).toMatchObject({ failed: 1 });
  });

  it('and a reading, once written, cannot be changed', async () => {
    await expect(
      bench.server.house.db.inWorkspace(bench.ws().workspaceId, (tx) => sql`UPDATE reading SET value = 0`.execute(tx)),
    ).rejects.toThrow('permission denied');
  });

  it('when the scope names what nothing measures yet', async () => {
    const goalId = await bench.setGoal({
      scope: { posts: 'serving', campaign: 'Spring' },
      target: { kind: 'number', value: 1 },
    });
    const { remoteId } = await bench.publish(goalId);
    bench.network.posts.set(remoteId, { likes: value(4) });
    await bench.refresh(goalId);
    expect(await bench.progress(goalId)).toMatchObject({ value: 4, status: 'not-enough-data' });
    expect(codes((await bench.progress(goalId)).gaps)).toMatchObject({ 'scope-not-measured': 1 });
  });
});
