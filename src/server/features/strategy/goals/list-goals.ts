import { z } from 'zod';
import type { goals } from '#contract/strategy.ts';
import { LocalDate } from '#contract/terms.ts';
import { cutPage, readCursor, type Verb } from '#server/platform/context/index.ts';
import { listGoalRows } from './goal-store.ts';
import { presentGoal } from './present-goal.ts';

const DeadlineAndId = z.tuple([LocalDate, z.uuid()]);

/** Goals, the nearest deadline first; the archived ones only when asked for, and then no others. */
export const listGoals: Verb<typeof goals.list> = async (context, { cursor, limit, archived }) => {
  const key = readCursor(cursor, DeadlineAndId);
  const after = key && { deadlineOn: key[0], id: key[1] };
  const rows = await context.inWorkspace((tx) => listGoalRows(tx, { archived, after, limit }));
  return cutPage(rows, limit, (row) => [row.deadline_on, row.id], presentGoal);
};
