import type { objectives } from '#contract/strategy.ts';
import { refuse, type Verb } from '#server/platform/context/index.ts';
import { tellFact } from '#server/platform/facts/index.ts';
import { definedOnly } from '../defined-only.ts';
import { mustFindObjective } from './must-find-objective.ts';
import { countObjectives, lockRanks, moveRank, updateObjectiveRow } from './objective-store.ts';
import { presentObjective } from './present-objective.ts';

/**
 * Changes an objective's text, its rank or both. A rank behind the last means the last. Being moved by another
 * objective's change is not an edit: only the objective that was named gets a new revision.
 */
export const updateObjective: Verb<typeof objectives.update> = async (
  context,
  { workspaceId, objectiveId, revision, title, description, rank },
) =>
  context.inWorkspace(async (tx) => {
    if (rank !== undefined) await lockRanks(tx, workspaceId);
    const before = await mustFindObjective(tx, objectiveId);
    const saved = await updateObjectiveRow(tx, {
      id: objectiveId,
      revision,
      fields: definedOnly({ title, description }),
    });
    if (!saved) refuse('edited-meanwhile', { current: presentObjective(await mustFindObjective(tx, objectiveId)) });
    if (rank !== undefined && before.rank !== null) {
      const to = Math.min(rank, await countObjectives(tx));
      await moveRank(tx, { id: objectiveId, from: before.rank, to });
    }
    await tellFact(tx, {
      workspaceId,
      kind: 'objective.updated',
      payload: { objectiveId },
      personId: context.personId,
    });
    return presentObjective(await mustFindObjective(tx, objectiveId));
  });
