import { describe, expect, it } from 'vitest';
import { GoalId, InitiativeId } from '#contract/ids.ts';
import type { WorkspaceContext } from '#server/platform/context/index.ts';
import { useDatabase } from '#test/database.ts';
import { findServed } from '../find-served.ts';
import { createGoal } from '../goals/index.ts';
import { makeWorkspaceContext } from '../testing.ts';
import { archiveInitiative, createInitiative, listInitiatives, restoreInitiative, updateInitiative } from './index.ts';

const db = useDatabase();

async function withGoal(context: WorkspaceContext) {
  const goal = await createGoal(context, {
    workspaceId: context.workspaceId,
    title: 'Double the German-speaking audience',
    metric: 'followers',
    target: { kind: 'relative', percent: 100 },
    deadlineOn: '2090-01-01',
    scope: { posts: 'all', languages: ['de'] },
  });
  return GoalId.parse(goal.id);
}
type Given = Partial<Parameters<typeof createInitiative>[1]>;
const add = (context: WorkspaceContext, goalId: GoalId, more: Given = {}) =>
  createInitiative(context, {
    workspaceId: context.workspaceId,
    goalId,
    title: 'One post a day',
    startsOn: '2026-03-02',
    end: { kind: 'target-reached' },
    ...more,
  });

describe('an initiative', () => {
  it.each<[NonNullable<Given['end']>]>([
    [{ kind: 'date', on: '2026-03-08' }],
    [{ kind: 'span', days: 7 }],
    [{ kind: 'target-reached' }],
  ])('can end as %o and keeps it', async (end) => {
    const context = await makeWorkspaceContext(db.database);
    const goalId = await withGoal(context);
    const made = await add(context, goalId, { end, risks: [{ what: 'nobody writes German', answer: 'a freelancer' }] });
    expect(made).toMatchObject({
      end,
      goalId,
      scope: { languages: ['de'] },
      risks: [{ what: 'nobody writes German' }],
    });
  });

  it('can change the way it ends', async () => {
    const context = await makeWorkspaceContext(db.database);
    const { workspaceId } = context;
    const made = await add(context, await withGoal(context), { end: { kind: 'span', days: 7 } });
    const initiativeId = InitiativeId.parse(made.id);
    const changed = await updateInitiative(context, {
      workspaceId,
      initiativeId,
      revision: 1,
      end: { kind: 'target-reached' },
    });
    expect(changed).toMatchObject({ end: { kind: 'target-reached' }, revision: 2 });
    await expect(
      updateInitiative(context, { workspaceId, initiativeId, revision: 1, title: 'late' }),
    ).rejects.toMatchObject({ code: 'edited-meanwhile', current: { revision: 2 } });
  });

  it('is refused when it ends before it starts, or when its own measure has no target to reach', async () => {
    const context = await makeWorkspaceContext(db.database);
    const goalId = await withGoal(context);
    await expect(add(context, goalId, { end: { kind: 'date', on: '2026-03-01' } })).rejects.toMatchObject({
      problems: [{ field: 'end.on', code: 'before-start' }],
    });
    await expect(add(context, goalId, { metric: 'likes' })).rejects.toMatchObject({
      problems: [{ field: 'target', code: 'required' }],
    });
  });

  it('comes back from the archive as it was, and is not there twice', async () => {
    const context = await makeWorkspaceContext(db.database);
    const goalId = await withGoal(context);
    const { workspaceId } = context;
    const initiativeId = InitiativeId.parse((await add(context, goalId)).id);
    const list = async () => (await listInitiatives(context, { workspaceId, limit: 9, goalId })).items.length;
    await archiveInitiative(context, { workspaceId, initiativeId });
    expect(await list()).toBe(0);
    for (const _ of [1, 2]) {
      const back = await restoreInitiative(context, { workspaceId, initiativeId });
      expect(back).toMatchObject({ archivedAt: null, revision: 3 });
    }
    expect(await list()).toBe(1);
  });

  it('cannot be added to, listed for or served from another workspace', async () => {
    const [context, other] = [await makeWorkspaceContext(db.database), await makeWorkspaceContext(db.database)];
    const foreignGoal = await withGoal(other);
    const foreign = InitiativeId.parse((await add(other, foreignGoal)).id);
    const { workspaceId } = context;
    const notFound = { code: 'not-found' };
    await expect(add(context, foreignGoal)).rejects.toMatchObject(notFound);
    await expect(listInitiatives(context, { workspaceId, limit: 9, goalId: foreignGoal })).rejects.toMatchObject(
      notFound,
    );
    await expect(archiveInitiative(context, { workspaceId, initiativeId: foreign })).rejects.toMatchObject(notFound);
    expect(await context.inWorkspace((tx) => findServed(tx, { kind: 'initiative', initiativeId: foreign }))).toBeNull();
    expect(await other.inWorkspace((tx) => findServed(tx, { kind: 'initiative', initiativeId: foreign }))).toEqual({
      goalId: foreignGoal,
      initiativeId: foreign,
    });
  });
});
