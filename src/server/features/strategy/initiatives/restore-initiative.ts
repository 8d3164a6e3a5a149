import type { initiatives } from '#contract/strategy.ts';
import type { Verb } from '#server/platform/context/index.ts';
import { tellFact } from '#server/platform/facts/index.ts';
import { restoreInitiativeRow } from './initiative-store.ts';
import { mustFindInitiative } from './must-find-initiative.ts';

/** Takes an initiative out of the archive. One that is not in it stays as it is. */
export const restoreInitiative: Verb<typeof initiatives.restore> = async (context, { workspaceId, initiativeId }) =>
  context.inWorkspace(async (tx) => {
    const { goalId } = await mustFindInitiative(tx, initiativeId);
    if (await restoreInitiativeRow(tx, initiativeId)) {
      const payload = { initiativeId, goalId };
      await tellFact(tx, { workspaceId, kind: 'initiative.restored', payload, personId: context.personId });
    }
    return mustFindInitiative(tx, initiativeId);
  });
