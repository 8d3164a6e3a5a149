import { randomUUIDv7 } from 'node:crypto';
import type { objectives } from '#contract/strategy.ts';
import type { Verb } from '#server/platform/context/index.ts';
import { tellFact } from '#server/platform/facts/index.ts';
import { mustFindObjective } from './must-find-objective.ts';
import { countObjectives, insertObjective, lockRanks } from './objective-store.ts';
import { presentObjective } from './present-objective.ts';

/** Adds an objective behind all others. */
export const createObjective: Verb<typeof objectives.create> = async (context, { workspaceId, title, description }) =>
  context.inWorkspace(async (tx) => {
    await lockRanks(tx, workspaceId);
    const id = randomUUIDv7();
    const rank = (await countObjectives(tx)) + 1;
    await insertObjective(tx, { workspace_id: workspaceId, id, title, description, rank });
    await tellFact(tx, {
      workspaceId,
      kind: 'objective.created',
      payload: { objectiveId: id },
      personId: context.personId,
    });
    return presentObjective(await mustFindObjective(tx, id));
  });
