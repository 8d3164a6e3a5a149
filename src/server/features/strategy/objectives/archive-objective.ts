import type { objectives } from '#contract/strategy.ts';
import type { Verb } from '#server/platform/context/index.ts';
import { tellFact } from '#server/platform/facts/index.ts';
import { mustFindObjective } from './must-find-objective.ts';
import { archiveObjectiveRow, lockRanks } from './objective-store.ts';

/** Archives an objective; its goals stay, without it, and the others close ranks. */
export const archiveObjective: Verb<typeof objectives.archive> = async (context, { workspaceId, objectiveId }) =>
  context.inWorkspace(async (tx) => {
    await lockRanks(tx, workspaceId);
    const { id, rank } = await mustFindObjective(tx, objectiveId);
    if (rank !== null) await archiveObjectiveRow(tx, { id, rank });
    await tellFact(tx, {
      workspaceId,
      kind: 'objective.archived',
      payload: { objectiveId },
      personId: context.personId,
    });
    return {};
  });
