import type { objectives } from '#contract/strategy.ts';
import type { Verb } from '#server/platform/context/index.ts';
import { tellFact } from '#server/platform/facts/index.ts';
import { mustFindObjective } from './must-find-objective.ts';
import { findArchivedObjective, lockRanks, restoreObjectiveRow } from './objective-store.ts';
import { presentObjective } from './present-objective.ts';

/**
 * Takes an objective out of the archive: to the rank it had, or the last one where there are fewer now, and to those of
 * its goals that have no other objective meanwhile. One that is not archived stays as it is.
 */
export const restoreObjective: Verb<typeof objectives.restore> = async (context, { workspaceId, objectiveId }) =>
  context.inWorkspace(async (tx) => {
    await lockRanks(tx, workspaceId);
    const archived = await findArchivedObjective(tx, objectiveId);
    if (archived) {
      await restoreObjectiveRow(tx, archived);
      await tellFact(tx, {
        workspaceId,
        kind: 'objective.restored',
        payload: { objectiveId },
        personId: context.personId,
      });
    }
    return presentObjective(await mustFindObjective(tx, objectiveId));
  });
