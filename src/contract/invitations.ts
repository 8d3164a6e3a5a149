import { oc } from '@orpc/contract';
import { z } from 'zod';
import { InvitationId, PersonId, WorkspaceId } from './ids.ts';
import { Instant, PageQuery, page, Role } from './terms.ts';

/** A standing offer to become a member: good once, for one role, until it expires. */
export const Invitation = z.object({
  id: InvitationId,
  /** Only a person with this address may accept it; null: whoever has the link. */
  email: z.string().nullable(),
  role: Role,
  invitedById: PersonId,
  createdAt: Instant,
  expiresAt: Instant,
  state: z.enum(['open', 'accepted', 'revoked', 'expired']),
});
export type Invitation = z.infer<typeof Invitation>;

/** What an invitation says to whoever opens its link, signed in or not. */
export const InvitationOffer = z.object({
  workspaceName: z.string(),
  role: Role,
  invitedByName: z.string(),
  /** Filled in for the person: the address that must accept; null when any may. */
  email: z.string().nullable(),
  expiresAt: Instant,
});
export type InvitationOffer = z.infer<typeof InvitationOffer>;

/** 256 random bits, base64url; only its hash is kept. */
const token = z.string().min(20).max(100);
const ws = z.object({ workspaceId: WorkspaceId });

export const invitations = {
  list: oc
    .route({ method: 'GET', path: '/workspaces/{workspaceId}/invitations', summary: 'Invitations, the newest first' })
    .input(ws.extend(PageQuery.shape))
    .output(page(Invitation)),
  create: oc
    .route({
      method: 'POST',
      path: '/workspaces/{workspaceId}/invitations',
      summary: 'Invite somebody, by mail where mail is set up, and always by a link to pass on',
      successStatus: 201,
    })
    .input(ws.extend({ email: z.email().max(200).nullable().default(null), role: Role }))
    .output(
      z.object({
        invitation: Invitation,
        /** The link, shown this once. */
        link: z.string(),
        /** Whether a mail with the link was sent too. */
        mailed: z.boolean(),
      }),
    ),
  revoke: oc
    .route({
      method: 'DELETE',
      path: '/workspaces/{workspaceId}/invitations/{invitationId}',
      summary: 'Take an invitation back',
    })
    .input(ws.extend({ invitationId: InvitationId }))
    .output(Invitation),
  look: oc
    .route({
      method: 'POST',
      path: '/invitations/look',
      summary: 'What an invitation offers, by the token in its link',
    })
    .input(z.object({ token }))
    .output(InvitationOffer),
  accept: oc
    .route({ method: 'POST', path: '/invitations/accept', summary: 'Become a member, by the token in the link' })
    .input(z.object({ token }))
    .output(z.object({ workspaceId: WorkspaceId })),
};
