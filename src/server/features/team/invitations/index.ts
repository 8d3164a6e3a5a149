export { acceptInvitation, claimInvitation } from './accept-invitation.ts';
export { createInvitation } from './create-invitation.ts';
export { revokeInvitationsOf } from './invitation-store.ts';
export { listInvitations } from './list-invitations.ts';
export { lookAtInvitation } from './look-at-invitation.ts';
export { revokeInvitation } from './revoke-invitation.ts';
