import type { invitations } from '#contract/invitations.ts';
import { findPerson } from '#server/platform/auth/index.ts';
import { refuse, type Verb } from '#server/platform/context/index.ts';
import { getWorkspace } from '../get-workspace.ts';
import { findByToken, findInvitation } from './invitation-store.ts';

/** What an invitation offers to whoever has its link. Says nothing of people who may have an account. */
export const lookAtInvitation: Verb<typeof invitations.look, 'anyone'> = async ({ house }, { token }) => {
  const { workspaceId, id } = (await findByToken(house.db, token)) ?? refuse('not-found');
  return house.db.inWorkspace(workspaceId, async (tx) => {
    const invitation = (await findInvitation(tx, id)) ?? refuse('not-found');
    if (invitation.state !== 'open') refuse('invitation-spent');
    const { name: workspaceName } = await getWorkspace(tx, workspaceId);
    const { role, email, expires_at } = invitation;
    const invitedByName = (await findPerson(tx, invitation.invited_by))?.name ?? '';
    return { workspaceName, role, invitedByName, email, expiresAt: expires_at.toISOString() };
  });
};
