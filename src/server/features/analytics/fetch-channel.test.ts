import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { makeTeam } from '#test/makers.ts';
import { day, like, minute, useBench, value } from './testing.ts';

const bench = useBench();
const code = (promise: Promise<unknown>) =>
  promise.then(
    () => 'no refusal',
    (error: { code: string }) => error.code,
  );

describe('fetching', () => {
  it('happens by itself, ever more seldom, in one call a channel', async () => {
    const [one, two] = [await bench.publish(null), await bench.publish(null)];
    bench.network.asked.length = 0;
    await bench.tick();
    expect(bench.network.asked).toEqual([]);
    await bench.advance(6 * minute);
    await bench.tick();
    expect(bench.network.asked.map((ids) => ids.toSorted())).toEqual([[...one.remoteIds, ...two.remoteIds].toSorted()]);
    await bench.advance(2 * minute);
    await bench.tick();
    expect(bench.network.asked).toHaveLength(1);
    await bench.advance(100 * day);
    await bench.tick();
    expect(bench.network.asked).toHaveLength(2);
    await bench.advance(100 * day);
    await bench.tick();
    expect(bench.network.asked).toHaveLength(2);
  });

  it('is asked for at most once in half a minute', async () => {
    const goalId = await bench.setGoal();
    await bench.publish(goalId);
    expect(await bench.client.analytics.refresh({ ...bench.ws(), goalId })).toEqual({ queued: 1 });
    expect(await bench.client.analytics.refresh({ ...bench.ws(), goalId })).toEqual({ queued: 0 });
    await bench.advance(31_000);
    expect(await bench.client.analytics.refresh({ ...bench.ws(), goalId })).toEqual({ queued: 1 });
  });

  it('looks again when it was asked for in the middle of a look', async () => {
    const goalId = await bench.setGoal();
    const { remoteIds } = await bench.publish(goalId);
    bench.network.asked.length = 0;
    bench.network.duringLook = async () => {
      bench.network.duringLook = null;
      await bench.advance(31_000);
      await bench.client.analytics.refresh({ ...bench.ws(), goalId });
    };
    await bench.refresh(goalId);
    expect(bench.network.asked).toEqual([remoteIds, remoteIds]);
  });

  it('waits as long as a network that was asked too often says', async () => {
    await bench.publish(null);
    await bench.advance(6 * minute);
    bench.network.fault = {
      kind: 'rate-limited',
      retryAt: new Date(Date.now() + 3 * day),
      scope: 'day',
      said: 'slow down',
    };
    await bench.tick();
    bench.network.fault = null;
    bench.network.asked.length = 0;
    await bench.advance(2 * day);
    await bench.tick();
    expect(bench.network.asked).toEqual([]);
    await bench.advance(2 * day);
    await bench.tick();
    expect(bench.network.asked).toHaveLength(1);
  });

  it('marks an act that has disappeared and brings it back when it is there again', async () => {
    const goalId = await bench.setGoal();
    const { deliveryId, remoteId } = await bench.publish(goalId);
    const names = async () =>
      (await bench.client.analytics.engagements({ ...bench.ws(), deliveryId })).items.map((act) => act.actorName);
    const show = async (...acts: ReturnType<typeof like>[]) => {
      bench.network.posts.set(remoteId, { likes: value(acts.length) });
      bench.network.engagements.set(remoteId, acts);
      await bench.refresh(goalId);
      return names();
    };
    const [ana, bo] = [like('Ana', 1), like('Bo', 2)];
    expect(await show(ana, bo)).toEqual(['Ana', 'Bo']);
    expect(await show(bo)).toEqual(['Bo']);
    const kept = await bench.server.house.db.inWorkspace(bench.ws().workspaceId, (tx) =>
      sql<{ actor_name: string }>`SELECT actor_name FROM engagement WHERE gone_at IS NOT NULL`.execute(tx),
    );
    expect(kept.rows).toEqual([{ actor_name: 'Ana' }]);
    expect(await show(ana, bo)).toEqual(['Ana', 'Bo']);
  });
});

describe('another workspace', () => {
  it('neither sees nor moves the figures', async () => {
    const goalId = await bench.setGoal();
    const { deliveryId } = await bench.publish(goalId);
    const stranger = await makeTeam(bench.server);
    const theirs = { workspaceId: stranger.workspaceId };
    expect(await code(stranger.client.analytics.progress({ ...theirs, goalId }))).toBe('not-found');
    expect(await code(stranger.client.analytics.evidence({ ...theirs, goalId }))).toBe('not-found');
    expect(await code(stranger.client.analytics.refresh({ ...theirs, goalId }))).toBe('not-found');
    expect(await code(stranger.client.analytics.figures({ ...theirs, deliveryId }))).toBe('not-found');
    expect(await code(stranger.client.analytics.engagements({ ...theirs, deliveryId }))).toBe('not-found');
  });
});
