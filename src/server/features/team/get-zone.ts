import type { Tx } from '#server/platform/db/index.ts';
import { teamTables } from './tables.ts';

/** The time zone of the transaction's workspace. */
export async function getZone(tx: Tx): Promise<string> {
  return (await teamTables(tx).selectFrom('workspace').select('zone').executeTakeFirstOrThrow()).zone;
}
