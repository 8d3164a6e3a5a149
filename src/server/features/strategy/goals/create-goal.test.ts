import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { ChannelId, GoalId, ObjectiveId } from '#contract/ids.ts';
import type { Question } from '#contract/operations.ts';
import { Refusal, type WorkspaceContext } from '#server/platform/context/index.ts';
import { useDatabase } from '#test/database.ts';
import { dayOf } from '../local-days.rules.ts';
import { createObjective } from '../objectives/index.ts';
import { makeWorkspaceContext } from '../testing.ts';
import { archiveGoal, createGoal, getGoal, listGoals, restoreGoal, updateGoal } from './index.ts';

const db = useDatabase();

type Given = Partial<Parameters<typeof createGoal>[1]>;
const set = (context: WorkspaceContext, more: Given = {}) =>
  createGoal(context, {
    workspaceId: context.workspaceId,
    title: 'A hundred likes',
    metric: 'likes',
    target: { kind: 'number', value: 100 },
    deadlineOn: '2090-01-01',
    ...more,
  });
const problemsOf = async (work: Promise<unknown>) => {
  const refusal = await work.then(
    () => null,
    (error: unknown) => error,
  );
  if (!(refusal instanceof Refusal)) throw refusal;
  return refusal.problems.map((p) => `${p.field} ${p.code}`);
};

describe('a new goal', () => {
  it('needs only title, metric, target and deadline', async () => {
    const context = await makeWorkspaceContext(db.database);
    expect(await set(context)).toMatchObject({
      scope: { posts: 'serving' },
      baseline: null,
      objectiveId: null,
      ownerId: null,
      checkpoints: 'monthly',
      revision: 1,
    });
    expect((await set(context, { metric: 'followers' })).scope).toEqual({ posts: 'all' });
  });

  it.each(['Pacific/Kiritimati', 'Pacific/Pago_Pago'])('starts today as it is in %s', async (zone) => {
    const context = await makeWorkspaceContext(db.database, { zone });
    const before = dayOf(new Date(), zone);
    const { startsOn } = await set(context);
    expect([before, dayOf(new Date(), zone)]).toContain(startsOn);
  });

  it('keeps everything that was said', async () => {
    const context = await makeWorkspaceContext(db.database);
    const objective = await createObjective(context, {
      workspaceId: context.workspaceId,
      title: 'Fill the quiet mornings',
      description: '',
    });
    const said: Given = {
      target: { kind: 'relative', percent: 15 },
      baseline: { value: 200, on: '2026-01-01', source: 'stated' },
      startsOn: '2026-01-02',
      deadlineOn: '2026-04-01',
      objectiveId: ObjectiveId.parse(objective.id),
      ownerId: context.personId,
      means: [{ what: 'a camera', atHand: false }],
      checkpoints: 'weekly',
      scope: {
        posts: 'all',
        channelIds: [ChannelId.parse(crypto.randomUUID())],
        languages: ['de'],
        campaign: 'Spring',
      },
    };
    const goal = await set(context, said);
    expect(goal).toMatchObject(said);
    expect(await getGoal(context, { workspaceId: context.workspaceId, goalId: GoalId.parse(goal.id) })).toEqual(goal);
  });

  it.each<[string, Given, string[]]>([
    ['a deadline before its start', { startsOn: '2026-02-02', deadlineOn: '2026-02-01' }, ['deadlineOn before-start']],
    [
      'a relative target of a baseline of nothing',
      { target: { kind: 'relative', percent: 5 }, baseline: { value: 0, on: '2026-01-01', source: 'stated' } },
      ['baseline.value baseline-zero'],
    ],
    [
      'a relative target of a sum without a baseline',
      { target: { kind: 'relative', percent: 5 } },
      ['baseline baseline-needed'],
    ],
    [
      'a target in the wrong direction',
      { target: { kind: 'relative', percent: -5 }, metric: 'followers' },
      ['target.percent wrong-direction'],
    ],
    [
      'a target below what there is already',
      { target: { kind: 'number', value: 50 }, baseline: { value: 60, on: '2026-01-01', source: 'stated' } },
      ['target.value wrong-direction'],
    ],
    [
      'a target that changes nothing',
      { target: { kind: 'relative', percent: 0 }, metric: 'followers' },
      ['target.percent no-change'],
    ],
    ['an owner who is not a member', { ownerId: 'nobody' as never }, ['ownerId not-a-member']],
  ])('is refused by field: %s', async (_, given, problems) => {
    const context = await makeWorkspaceContext(db.database);
    expect(await problemsOf(set(context, given))).toEqual(problems);
  });

  it('does not see objectives and people of another workspace', async () => {
    const [context, other] = [await makeWorkspaceContext(db.database), await makeWorkspaceContext(db.database)];
    const foreign = await createObjective(other, { workspaceId: other.workspaceId, title: 'Theirs', description: '' });
    await expect(set(context, { objectiveId: foreign.id as never })).rejects.toMatchObject({ code: 'not-found' });
    expect(await problemsOf(set(context, { ownerId: other.personId }))).toEqual(['ownerId not-a-member']);
  });

  it('is told as a fact if and only if it was set', async () => {
    const context = await makeWorkspaceContext(db.database);
    await set(context, { deadlineOn: '1999-01-01' }).catch(() => undefined);
    const goal = await set(context);
    const facts = await context.inWorkspace((tx) =>
      sql<{ kind: string; payload: unknown }>`SELECT kind, payload FROM fact`.execute(tx),
    );
    expect(facts.rows).toEqual([{ kind: 'goal.created', payload: { goalId: goal.id } }]);
  });
});

describe('a goal that is there', () => {
  it('is changed only from its newest text, and only one of two savers wins', async () => {
    const context = await makeWorkspaceContext(db.database);
    const { workspaceId } = context;
    const goalId = GoalId.parse((await set(context)).id);
    const save = (title: string) => updateGoal(context, { workspaceId, goalId, revision: 1, title });
    const outcomes = await Promise.allSettled([save('one'), save('two')]);
    const won = outcomes.filter((o) => o.status === 'fulfilled');
    const lost = outcomes.filter((o) => o.status === 'rejected');
    expect(won).toHaveLength(1);
    expect(lost[0]?.reason).toMatchObject({
      code: 'edited-meanwhile',
      current: { title: won[0]?.value.title, revision: 2 },
    });
  });

  it('is judged as a whole when one field changes', async () => {
    const context = await makeWorkspaceContext(db.database);
    const goalId = GoalId.parse((await set(context, { startsOn: '2026-05-05' })).id);
    const change: Question<'goals', 'update'> = {
      workspaceId: context.workspaceId,
      goalId,
      revision: 1,
      deadlineOn: '2026-05-04',
    };
    expect(await problemsOf(updateGoal(context, change as never))).toEqual(['deadlineOn before-start']);
  });

  it('leaves the list when archived and comes back when restored', async () => {
    const context = await makeWorkspaceContext(db.database);
    const { workspaceId } = context;
    const goalId = GoalId.parse((await set(context)).id);
    const count = async (archived: boolean) =>
      (await listGoals(context, { workspaceId, limit: 50, archived })).items.length;
    await archiveGoal(context, { workspaceId, goalId });
    expect([await count(false), await count(true)]).toEqual([0, 1]);
    await restoreGoal(context, { workspaceId, goalId });
    expect([await count(false), await count(true)]).toEqual([1, 0]);
  });

  it('is given once over all pages, the nearest deadline first', async () => {
    const context = await makeWorkspaceContext(db.database);
    const { workspaceId } = context;
    for (const deadlineOn of ['2090-03-01', '2090-01-01', '2090-01-01', '2090-02-01', '2090-01-01'])
      await set(context, { deadlineOn });
    const seen: { id: string; deadlineOn: string }[] = [];
    let cursor: string | undefined;
    do {
      const page = await listGoals(context, { workspaceId, limit: 2, archived: false, ...(cursor ? { cursor } : {}) });
      seen.push(...page.items);
      cursor = page.next;
    } while (cursor);
    expect(new Set(seen.map((g) => g.id)).size).toBe(5);
    expect(seen.map((g) => g.deadlineOn)).toEqual(seen.map((g) => g.deadlineOn).toSorted());
  });
});
