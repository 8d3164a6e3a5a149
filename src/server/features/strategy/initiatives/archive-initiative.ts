import type { initiatives } from '#contract/strategy.ts';
import type { Verb } from '#server/platform/context/index.ts';
import { tellFact } from '#server/platform/facts/index.ts';
import { archiveInitiativeRow } from './initiative-store.ts';
import { mustFindInitiative } from './must-find-initiative.ts';

/** Archives an initiative; its posts stay and go on serving its goal. Archiving it again changes nothing. */
export const archiveInitiative: Verb<typeof initiatives.archive> = async (context, { workspaceId, initiativeId }) =>
  context.inWorkspace(async (tx) => {
    const { goalId } = await mustFindInitiative(tx, initiativeId);
    if (await archiveInitiativeRow(tx, initiativeId)) {
      const payload = { initiativeId, goalId };
      await tellFact(tx, { workspaceId, kind: 'initiative.archived', payload, personId: context.personId });
    }
    return {};
  });
