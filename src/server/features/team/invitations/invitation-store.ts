import { sql } from 'kysely';
import type { Invitation } from '#contract/invitations.ts';
import type { Role } from '#contract/terms.ts';
import { hashToken } from '#server/platform/auth/index.ts';
import type { Database, Tx } from '#server/platform/db/index.ts';
import { teamTables } from '../tables.ts';

/** An invitation as it stands now. */
export interface InvitationRow {
  id: string;
  email: string | null;
  role: Role;
  invited_by: string;
  registered_by: string | null;
  created_at: Date;
  expires_at: Date;
  state: Invitation['state'];
}

const select = (tx: Tx) =>
  teamTables(tx)
    .selectFrom('invitation')
    .select(['id', 'email', 'role', 'invited_by', 'registered_by', 'created_at', 'expires_at'])
    .select(
      sql<
        Invitation['state']
      >`CASE WHEN accepted_at IS NOT NULL THEN 'accepted' WHEN revoked_at IS NOT NULL THEN 'revoked'
        WHEN expires_at <= clock.now() THEN 'expired' ELSE 'open' END`.as('state'),
    );

/** Writes an invitation and where its token leads. It is good for seven days. */
export async function insertInvitation(
  tx: Tx,
  invitation: { workspaceId: string; id: string; token: string; email: string | null; role: Role; invitedBy: string },
): Promise<void> {
  const tokenHash = hashToken(invitation.token);
  const { workspaceId: workspace_id, id, email, role, invitedBy: invited_by } = invitation;
  const expires_at = sql<Date>`clock.now() + interval '7 days'`;
  await teamTables(tx)
    .insertInto('invitation')
    .values({ workspace_id, id, token_hash: tokenHash, email, role, invited_by, expires_at })
    .execute();
  await teamTables(tx)
    .insertInto('directory_invitation')
    .values({ token_hash: tokenHash, workspace_id, invitation_id: id })
    .execute();
}

/** Which invitation a token opens, whatever has become of it; null for a token of nobody. */
export async function findByToken(
  db: Database,
  token: string,
  within?: Tx,
): Promise<{ workspaceId: string; id: string } | null> {
  const find = async (tx: Tx) => {
    const row = await teamTables(tx)
      .selectFrom('directory_invitation')
      .select(['workspace_id', 'invitation_id'])
      .where('token_hash', '=', hashToken(token))
      .executeTakeFirst();
    return row ? { workspaceId: row.workspace_id, id: row.invitation_id } : null;
  };
  return within ? db.acrossWithin(within, find) : db.across(find);
}

/** One invitation of the transaction's workspace, or null. */
export async function findInvitation(tx: Tx, id: string): Promise<InvitationRow | null> {
  return (await select(tx).where('id', '=', id).executeTakeFirst()) ?? null;
}

/** The same, locked until the transaction ends: it is accepted once. */
export async function lockInvitation(tx: Tx, id: string): Promise<InvitationRow | null> {
  return (await select(tx).where('id', '=', id).forUpdate().executeTakeFirst()) ?? null;
}

/** Invitations, the newest first, after a place in that order; `limit` and one more. */
export async function listInvitationRows(
  tx: Tx,
  { after, limit }: { after: { createdAt: Date; id: string } | null; limit: number },
): Promise<InvitationRow[]> {
  let query = select(tx);
  if (after) query = query.where(sql<boolean>`(created_at, id) < (${after.createdAt}, ${after.id}::uuid)`);
  return query
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit + 1)
    .execute();
}

export async function markAccepted(tx: Tx, id: string, personId: string): Promise<void> {
  await teamTables(tx)
    .updateTable('invitation')
    .set({ accepted_at: sql<Date>`clock.now()`, accepted_by: personId })
    .where('id', '=', id)
    .execute();
}

/** Notes who opened an account with an invitation; from now on it is theirs alone. */
export async function markRegistered(tx: Tx, id: string, personId: string): Promise<void> {
  await teamTables(tx).updateTable('invitation').set({ registered_by: personId }).where('id', '=', id).execute();
}

/** Takes open invitations back: one, all to an address, or all by a person. Others stay as they are. */
export async function revokeInvitations(
  tx: Tx,
  which: { id: string } | { email: string } | { invited_by: string },
): Promise<void> {
  let query = teamTables(tx)
    .updateTable('invitation')
    .set({ revoked_at: sql<Date>`clock.now()` })
    .where('accepted_at', 'is', null)
    .where('revoked_at', 'is', null)
    .where('expires_at', '>', sql<Date>`clock.now()`);
  for (const [column, value] of Object.entries(which))
    query = query.where(column as 'id' | 'email' | 'invited_by', '=', value);
  await query.execute();
}

/** Takes back what a person who invites no more has offered to others; without it a link would outlive their power. */
export const revokeInvitationsOf = (tx: Tx, personId: string): Promise<void> =>
  revokeInvitations(tx, { invited_by: personId });

/** Makes an unbound transaction one of a workspace, until `unbindWorkspace`. */
export async function bindWorkspace(tx: Tx, workspaceId: string): Promise<void> {
  await sql`SELECT set_config('app.workspace', ${workspaceId}, true)`.execute(tx);
}

export async function unbindWorkspace(tx: Tx): Promise<void> {
  await sql`SELECT set_config('app.workspace', '', true)`.execute(tx);
}
