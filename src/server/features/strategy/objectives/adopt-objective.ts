import type { objectives } from '#contract/strategy.ts';
import type { Verb } from '#server/platform/context/index.ts';
import { tellFact } from '#server/platform/facts/index.ts';
import { mustFindObjective } from './must-find-objective.ts';
import { writeObjectiveYours } from './objective-store.ts';
import { presentObjective } from './present-objective.ts';

/** Says yes to a proposed objective. One that is theirs already stays as it is. */
export const adoptObjective: Verb<typeof objectives.adopt> = async (context, { workspaceId, objectiveId }) =>
  context.inWorkspace(async (tx) => {
    await mustFindObjective(tx, objectiveId);
    if (await writeObjectiveYours(tx, objectiveId)) {
      await tellFact(tx, {
        workspaceId,
        kind: 'objective.adopted',
        payload: { objectiveId },
        personId: context.personId,
      });
    }
    return presentObjective(await mustFindObjective(tx, objectiveId));
  });
