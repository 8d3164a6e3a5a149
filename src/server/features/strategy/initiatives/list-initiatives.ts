import { z } from 'zod';
import type { initiatives } from '#contract/strategy.ts';
import { LocalDate } from '#contract/terms.ts';
import { cutPage, readCursor, type Verb } from '#server/platform/context/index.ts';
import { mustFindGoal } from '../goals/index.ts';
import { listInitiativeRows } from './initiative-store.ts';
import { presentInitiative } from './present-initiative.ts';

const StartAndId = z.tuple([LocalDate, z.uuid()]);

/** Initiatives by start, of one goal or of all; a goal that is not here is `not-found`, not an empty list. */
export const listInitiatives: Verb<typeof initiatives.list> = async (context, { cursor, limit, goalId }) => {
  const key = readCursor(cursor, StartAndId);
  const after = key && { startsOn: key[0], id: key[1] };
  const rows = await context.inWorkspace(async (tx) => {
    if (goalId !== undefined) await mustFindGoal(tx, goalId);
    return listInitiativeRows(tx, { goalId: goalId ?? null, after, limit });
  });
  return cutPage(rows, limit, (row) => [row.starts_on, row.id], presentInitiative);
};
