import { sql } from 'kysely';
import type { Tx } from '../db/index.ts';
import { type Change, shapeNotices } from './changes.ts';

/** Tells every process whose people look at this workspace what changed, when the transaction commits. */
export async function tellChanges(tx: Tx, workspaceId: string, changes: readonly Change[]): Promise<void> {
  if (changes.length === 0) return;
  const notices = shapeNotices(changes.map((change) => ({ ...change, workspaceId })));
  await sql`SELECT pg_notify('live', notice) FROM unnest(${notices}::text[]) AS notice`.execute(tx);
}
