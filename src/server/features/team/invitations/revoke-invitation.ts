import type { invitations } from '#contract/invitations.ts';
import { refuse, type Verb } from '#server/platform/context/index.ts';
import { tellFact } from '#server/platform/facts/index.ts';
import { findInvitation, lockInvitation, revokeInvitations } from './invitation-store.ts';
import { presentInvitation } from './present-invitation.ts';

/** Takes an invitation back. One that ended by itself stays as it is; one that was accepted cannot be undone here. */
export const revokeInvitation: Verb<typeof invitations.revoke> = async (context, { workspaceId, invitationId }) =>
  context.inWorkspace(async (tx) => {
    const invitation = (await lockInvitation(tx, invitationId)) ?? refuse('not-found');
    if (invitation.state === 'accepted') refuse('invitation-spent');
    if (invitation.state !== 'open') return presentInvitation(invitation);
    if (invitation.role === 'owner' && context.role !== 'owner') refuse('not-allowed');
    await revokeInvitations(tx, { id: invitationId });
    const payload = { invitationId };
    await tellFact(tx, { workspaceId, kind: 'invitation.revoked', payload, personId: context.personId });
    return presentInvitation((await findInvitation(tx, invitationId)) ?? refuse('not-found'));
  });
