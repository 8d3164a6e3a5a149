import type { InvitationId, PersonId } from '#contract/ids.ts';
import type { Invitation } from '#contract/invitations.ts';
import type { InvitationRow } from './invitation-store.ts';

/** An invitation as it goes to the wire; its token never does. */
export const presentInvitation = (row: InvitationRow): Invitation => ({
  id: row.id as InvitationId,
  email: row.email,
  role: row.role,
  invitedById: row.invited_by as PersonId,
  createdAt: row.created_at.toISOString(),
  expiresAt: row.expires_at.toISOString(),
  state: row.state,
});
