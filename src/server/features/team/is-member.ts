import type { Tx } from '#server/platform/db/index.ts';
import { teamTables } from './tables.ts';

/** Is this person a member of the transaction's workspace? */
export async function isMember(tx: Tx, personId: string): Promise<boolean> {
  const row = await teamTables(tx)
    .selectFrom('member')
    .select('person_id')
    .where('person_id', '=', personId)
    .executeTakeFirst();
  return row !== undefined;
}
