import { randomUUIDv7 } from 'node:crypto';
import type { objectives } from '#contract/strategy.ts';
import type { Verb, WorkspaceContext } from '#server/platform/context/index.ts';
import { tellFact } from '#server/platform/facts/index.ts';
import { mustFindObjective } from './must-find-objective.ts';
import { countObjectives, insertObjective, lockRanks } from './objective-store.ts';
import { presentObjective } from './present-objective.ts';

/** Adds an objective behind all others. */
export const createObjective: Verb<typeof objectives.create> = (context, input) => addObjective(context, input, true);

/** Adds an objective that stays marked as not yet theirs until somebody says yes to it, or changes its words. */
export const proposeObjective: Verb<typeof objectives.create> = (context, input) => addObjective(context, input, false);

async function addObjective(
  context: WorkspaceContext,
  { workspaceId, title, description }: Parameters<typeof createObjective>[1],
  yours: boolean,
): ReturnType<typeof createObjective> {
  return context.inWorkspace(async (tx) => {
    await lockRanks(tx, workspaceId);
    const id = randomUUIDv7();
    const rank = (await countObjectives(tx)) + 1;
    await insertObjective(tx, { workspace_id: workspaceId, id, title, description, rank, yours });
    await tellFact(tx, {
      workspaceId,
      kind: 'objective.created',
      payload: { objectiveId: id },
      personId: context.personId,
    });
    return presentObjective(await mustFindObjective(tx, id));
  });
}
