import type { Initiative } from '#contract/strategy.ts';
import { refuse } from '#server/platform/context/index.ts';
import type { Tx } from '#server/platform/db/index.ts';
import { findInitiativeRow } from './initiative-store.ts';
import { presentInitiative } from './present-initiative.ts';

/** The initiative, archived or not, or `not-found`. */
export async function mustFindInitiative(tx: Tx, id: string): Promise<Initiative> {
  const row = await findInitiativeRow(tx, id);
  return row ? presentInitiative(row) : refuse('not-found');
}
