import { randomUUIDv7 } from 'node:crypto';
import type { initiatives } from '#contract/strategy.ts';
import type { Verb } from '#server/platform/context/index.ts';
import { tellFact } from '#server/platform/facts/index.ts';
import { mustFindGoal } from '../goals/index.ts';
import { assertInitiative } from './assert-initiative.ts';
import { completeInitiative } from './initiative.rules.ts';
import { insertInitiative } from './initiative-store.ts';
import { mustFindInitiative } from './must-find-initiative.ts';

/** Adds an initiative to a goal. */
export const createInitiative: Verb<typeof initiatives.create> = async (context, { workspaceId, goalId, ...given }) =>
  context.inWorkspace(async (tx) => {
    const goal = await mustFindGoal(tx, goalId);
    const fields = completeInitiative(given, goal);
    await assertInitiative(tx, fields, goal);
    const id = randomUUIDv7();
    await insertInitiative(tx, { workspaceId, id, goalId, fields });
    const payload = { initiativeId: id, goalId };
    await tellFact(tx, { workspaceId, kind: 'initiative.created', payload, personId: context.personId });
    return mustFindInitiative(tx, id);
  });
