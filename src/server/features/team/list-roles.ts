import type { Role } from '#contract/terms.ts';
import type { Tx } from '#server/platform/db/index.ts';
import { teamTables } from './tables.ts';

/** Every member of the transaction's workspace with their role. */
export async function listRoles(tx: Tx): Promise<{ personId: string; role: Role }[]> {
  return teamTables(tx).selectFrom('member').select(['person_id as personId', 'role']).orderBy('person_id').execute();
}
