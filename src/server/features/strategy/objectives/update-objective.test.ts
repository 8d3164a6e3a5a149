import { describe, expect, it } from 'vitest';
import type { WorkspaceContext } from '#server/platform/context/index.ts';
import { useDatabase } from '#test/database.ts';
import { createGoal, getGoal, updateGoal } from '../goals/index.ts';
import { makeWorkspaceContext } from '../testing.ts';
import { archiveObjective, createObjective, listObjectives, restoreObjective, updateObjective } from './index.ts';

const db = useDatabase();

async function withObjectives(...titles: string[]) {
  const context = await makeWorkspaceContext(db.database);
  const { workspaceId } = context;
  const ids = [];
  for (const title of titles) ids.push((await createObjective(context, { workspaceId, title, description: '' })).id);
  return { context, ids: ids as never[] };
}
const order = async (context: WorkspaceContext) => {
  const { items } = await listObjectives(context, { workspaceId: context.workspaceId, limit: 50 });
  expect(items.map((o) => o.rank)).toEqual(items.map((_, i) => i + 1));
  return items.map((o) => o.title).join('');
};

describe('the ranks of objectives', () => {
  it.each([
    [0, 4, 'bcda'],
    [3, 1, 'dabc'],
    [1, 3, 'acbd'],
    [2, 99, 'abdc'],
  ])('stay 1 to n when number %i moves to %i', async (index, rank, expected) => {
    const { context, ids } = await withObjectives('a', 'b', 'c', 'd');
    await updateObjective(context, {
      workspaceId: context.workspaceId,
      objectiveId: ids[index] as never,
      revision: 1,
      rank,
    });
    expect(await order(context)).toBe(expected);
  });

  it('stay 1 to n when many move, join and leave at once', async () => {
    const { context, ids } = await withObjectives('a', 'b', 'c', 'd', 'e');
    const { workspaceId } = context;
    await Promise.all([
      updateObjective(context, { workspaceId, objectiveId: ids[0] as never, revision: 1, rank: 5 }),
      updateObjective(context, { workspaceId, objectiveId: ids[4] as never, revision: 1, rank: 1 }),
      updateObjective(context, { workspaceId, objectiveId: ids[2] as never, revision: 1, rank: 2 }),
      createObjective(context, { workspaceId, title: 'f', description: '' }),
      archiveObjective(context, { workspaceId, objectiveId: ids[1] as never }),
    ]);
    expect([...(await order(context))].toSorted().join('')).toBe('acdef');
  });

  it('close when one is archived, and its goal stays without it', async () => {
    const { context, ids } = await withObjectives('a', 'b', 'c');
    const { workspaceId } = context;
    const goal = await createGoal(context, {
      workspaceId,
      title: 'Likes',
      metric: 'likes',
      target: { kind: 'number', value: 10 },
      deadlineOn: '2090-01-01',
      objectiveId: ids[1] as never,
    });
    await archiveObjective(context, { workspaceId, objectiveId: ids[1] as never });
    expect(await order(context)).toBe('ac');
    expect(goal.objectiveId).toBe(ids[1]);
    expect((await getGoal(context, { workspaceId, goalId: goal.id as never })).objectiveId).toBeNull();
    await expect(archiveObjective(context, { workspaceId, objectiveId: ids[1] as never })).rejects.toMatchObject({
      code: 'not-found',
    });
  });
});

describe('an objective taken back from the archive', () => {
  it('has the rank and the goals it had, but none that serve another objective meanwhile', async () => {
    const { context, ids } = await withObjectives('a', 'b', 'c');
    const { workspaceId } = context;
    const serve = async () => {
      const goal = { title: 'Likes', metric: 'likes', target: { kind: 'number', value: 10 } } as const;
      return createGoal(context, { workspaceId, ...goal, deadlineOn: '2090-01-01', objectiveId: ids[1] as never });
    };
    const [kept, moved] = [await serve(), await serve()];
    await archiveObjective(context, { workspaceId, objectiveId: ids[1] as never });
    const { revision } = await getGoal(context, { workspaceId, goalId: moved.id as never });
    await updateGoal(context, { workspaceId, goalId: moved.id as never, revision, objectiveId: ids[2] as never });
    const back = await restoreObjective(context, { workspaceId, objectiveId: ids[1] as never });
    expect(back).toMatchObject({ rank: 2, goalCount: 1, title: 'b' });
    expect(await order(context)).toBe('abc');
    expect((await getGoal(context, { workspaceId, goalId: kept.id as never })).objectiveId).toBe(ids[1]);
    expect((await getGoal(context, { workspaceId, goalId: moved.id as never })).objectiveId).toBe(ids[2]);
  });

  it('is the last where there are fewer now, and is taken back once', async () => {
    const { context, ids } = await withObjectives('a', 'b', 'c');
    const { workspaceId } = context;
    for (const id of [ids[2], ids[1]]) await archiveObjective(context, { workspaceId, objectiveId: id as never });
    await restoreObjective(context, { workspaceId, objectiveId: ids[2] as never });
    await restoreObjective(context, { workspaceId, objectiveId: ids[2] as never });
    expect(await order(context)).toBe('ac');
    await restoreObjective(context, { workspaceId, objectiveId: ids[1] as never });
    expect(await order(context)).toBe('abc');
  });
});

it('refuses a save made from an older text and shows the newer one', async () => {
  const { context, ids } = await withObjectives('a');
  const { workspaceId } = context;
  const change = (title: string) =>
    updateObjective(context, { workspaceId, objectiveId: ids[0] as never, revision: 1, title });
  await change('first');
  await expect(change('second')).rejects.toMatchObject({
    code: 'edited-meanwhile',
    current: { title: 'first', revision: 2 },
  });
});
