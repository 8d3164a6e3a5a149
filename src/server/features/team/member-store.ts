import { sql } from 'kysely';
import type { Role } from '#contract/terms.ts';
import type { Database, Tx } from '#server/platform/db/index.ts';
import { type MemberRow, teamTables } from './tables.ts';

interface Membership {
  workspaceId: string;
  personId: string;
}

/**
 * Makes a person a member, and keeps the directory in step with it in the same transaction. False, and nothing done,
 * when they are one already.
 */
export async function insertMember(
  db: Database,
  tx: Tx,
  { workspaceId, personId, role }: Membership & { role: Role },
): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await teamTables(tx)
    .insertInto('member')
    .values({ workspace_id: workspaceId, person_id: personId, role })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirstOrThrow();
  if (numInsertedOrUpdatedRows === 0n) return false;
  await db.acrossWithin(tx, (across) =>
    teamTables(across)
      .insertInto('directory_membership')
      .values({ person_id: personId, workspace_id: workspaceId })
      .execute(),
  );
  return true;
}

/** Ends a membership, here and in the directory. */
export async function deleteMember(db: Database, tx: Tx, { workspaceId, personId }: Membership): Promise<void> {
  await teamTables(tx)
    .deleteFrom('member')
    .where('workspace_id', '=', workspaceId)
    .where('person_id', '=', personId)
    .execute();
  await db.acrossWithin(tx, (across) =>
    teamTables(across)
      .deleteFrom('directory_membership')
      .where('person_id', '=', personId)
      .where('workspace_id', '=', workspaceId)
      .execute(),
  );
}

const selectMember = (tx: Tx, { workspaceId, personId }: Membership) =>
  teamTables(tx)
    .selectFrom('member')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .where('person_id', '=', personId);

/** One membership of the transaction's workspace, or null. */
export async function findMember(tx: Tx, membership: Membership): Promise<MemberRow | null> {
  return (await selectMember(tx, membership).executeTakeFirst()) ?? null;
}

/**
 * The same, held until the transaction ends: `share` so that the role cannot change meanwhile, `alone` for whoever
 * changes it.
 */
export async function holdMember(tx: Tx, membership: Membership, how: 'share' | 'alone'): Promise<MemberRow | null> {
  const query = selectMember(tx, membership);
  return (await (how === 'share' ? query.forShare() : query.forUpdate()).executeTakeFirst()) ?? null;
}

/** Members by the time they joined, after a place in that order; `limit` and one more. */
export async function listMemberRows(
  tx: Tx,
  workspaceId: string,
  { after, limit }: { after: { joinedAt: Date; personId: string } | null; limit: number },
): Promise<MemberRow[]> {
  // Cursors carry milliseconds.
  const joinedAt = sql<Date>`date_trunc('milliseconds', created_at)`;
  let query = teamTables(tx)
    .selectFrom('member')
    .select(['workspace_id', 'person_id', 'role', joinedAt.as('created_at')])
    .where('workspace_id', '=', workspaceId);
  if (after) query = query.where(sql<boolean>`(${joinedAt}, person_id) > (${after.joinedAt}, ${after.personId})`);
  return query
    .orderBy(joinedAt)
    .orderBy('person_id')
    .limit(limit + 1)
    .execute();
}

export async function updateRole(tx: Tx, { workspaceId, personId }: Membership, role: Role): Promise<void> {
  await teamTables(tx)
    .updateTable('member')
    .set({ role })
    .where('workspace_id', '=', workspaceId)
    .where('person_id', '=', personId)
    .execute();
}

/** Ids of the owners, locked until the transaction ends: two owners cannot leave at once. */
export async function lockOwners(tx: Tx, workspaceId: string): Promise<string[]> {
  const rows = await teamTables(tx)
    .selectFrom('member')
    .select('person_id')
    .where('workspace_id', '=', workspaceId)
    .where('role', '=', 'owner')
    .orderBy('person_id')
    .forUpdate()
    .execute();
  return rows.map((row) => row.person_id);
}

/** Whether somebody with this e-mail is a member of the transaction's workspace. */
export async function isMemberWithEmail(tx: Tx, email: string): Promise<boolean> {
  const { rows } = await sql`
    SELECT FROM member JOIN auth.account_holder a ON a.id = member.person_id WHERE a.email = ${email}`.execute(tx);
  return rows.length > 0;
}
