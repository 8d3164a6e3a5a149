import { z } from 'zod';
import type { objectives } from '#contract/strategy.ts';
import { cutPage, readCursor, type Verb } from '#server/platform/context/index.ts';
import { listObjectiveRows } from './objective-store.ts';
import { presentObjective } from './present-objective.ts';

const Rank = z.tuple([z.int()]);

/** What the business is after, the most important first. */
export const listObjectives: Verb<typeof objectives.list> = async (context, { cursor, limit }) => {
  const after = readCursor(cursor, Rank);
  const rows = await context.inWorkspace((tx) => listObjectiveRows(tx, after?.[0] ?? null, limit));
  return cutPage(rows, limit, (row) => [row.rank ?? 1], presentObjective);
};
