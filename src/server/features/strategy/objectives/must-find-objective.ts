import { refuse } from '#server/platform/context/index.ts';
import type { Tx } from '#server/platform/db/index.ts';
import { findObjective, type ObjectiveRow } from './objective-store.ts';

/** The objective, or `not-found`; an archived one is not there. */
export async function mustFindObjective(tx: Tx, id: string): Promise<ObjectiveRow> {
  return (await findObjective(tx, id)) ?? refuse('not-found');
}
