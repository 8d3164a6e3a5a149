import type { initiatives } from '#contract/strategy.ts';
import { refuse, type Verb } from '#server/platform/context/index.ts';
import { tellFact } from '#server/platform/facts/index.ts';
import { definedOnly } from '../defined-only.ts';
import { mustFindGoal } from '../goals/index.ts';
import { assertInitiative } from './assert-initiative.ts';
import { updateInitiativeRow } from './initiative-store.ts';
import { mustFindInitiative } from './must-find-initiative.ts';

/** Changes what is given of an initiative; refused with it as it stands when someone else saved meanwhile. */
export const updateInitiative: Verb<typeof initiatives.update> = async (
  context,
  { workspaceId, initiativeId, revision, ...given },
) =>
  context.inWorkspace(async (tx) => {
    const before = await mustFindInitiative(tx, initiativeId);
    if (before.revision !== revision) refuse('edited-meanwhile', { current: before });
    const fields = { ...before, ...definedOnly(given) };
    await assertInitiative(tx, fields, await mustFindGoal(tx, before.goalId));
    if (!(await updateInitiativeRow(tx, { id: initiativeId, revision, fields }))) {
      refuse('edited-meanwhile', { current: await mustFindInitiative(tx, initiativeId) });
    }
    const payload = { initiativeId, goalId: before.goalId };
    await tellFact(tx, { workspaceId, kind: 'initiative.updated', payload, personId: context.personId });
    return mustFindInitiative(tx, initiativeId);
  });
