import { randomUUID } from 'node:crypto';
import type { invitations } from '#contract/invitations.ts';
import { may } from '#contract/policy.ts';
import type { Role } from '#contract/terms.ts';
import { countAttempts, findPerson, linkOrigin, makeToken } from '#server/platform/auth/index.ts';
import { refuse, type Verb, type WorkspaceContext } from '#server/platform/context/index.ts';
import type { Tx } from '#server/platform/db/index.ts';
import { tellFact } from '#server/platform/facts/index.ts';
import { getWorkspace } from '../get-workspace.ts';
import { holdMember, isMemberWithEmail } from '../member-store.ts';
import { findInvitation, insertInvitation, revokeInvitations } from './invitation-store.ts';
import { presentInvitation } from './present-invitation.ts';

/** Each may be a mail to a stranger. */
const perPerson = { attempts: 50, perSeconds: 3_600 };

/** Invites somebody: the link is answered this once, and mailed where there is an address and a mail server. */
export const createInvitation: Verb<typeof invitations.create> = async (context, { workspaceId, role, ...input }) => {
  const { house, personId } = context;
  const email = input.email?.toLowerCase() ?? null;
  const id = randomUUID();
  const token = makeToken();
  const link = `${linkOrigin(house.config, context.origin)}/invitation#${token}`;
  const mailed = email !== null && house.mail.configured;
  return context.inWorkspace(async (tx) => {
    await assertMayInvite(tx, context, role);
    if (email !== null && (await isMemberWithEmail(tx, email))) refuse('member-already');
    await countAttempts(tx, [{ key: `invite|${personId}`, limit: perPerson }]);
    // The newest one says what is meant: an earlier link may carry another role.
    if (email !== null) await revokeInvitations(tx, { email });
    await insertInvitation(tx, { workspaceId, id, token, email, role, invitedBy: personId });
    if (email !== null && mailed) await postInvitation(tx, context, { to: email, role, link });
    const payload = { invitationId: id, role };
    await tellFact(tx, { workspaceId, kind: 'invitation.created', payload, personId });
    const made = (await findInvitation(tx, id)) ?? refuse('not-found');
    return { invitation: presentInvitation(made), link, mailed };
  });
};

/**
 * Refuses whoever may not offer this role; only owners make owners. Asked again here, and held: whoever is removed at
 * this moment would else come back by what they offer now.
 */
async function assertMayInvite(tx: Tx, { workspaceId, personId }: WorkspaceContext, role: Role): Promise<void> {
  const member = (await holdMember(tx, { workspaceId, personId }, 'share')) ?? refuse('not-found');
  if (!may(member.role, 'invitations.create')) refuse('not-allowed');
  if (role === 'owner' && member.role !== 'owner') refuse('not-allowed');
}

async function postInvitation(
  tx: Tx,
  { house, workspaceId, personId, language }: WorkspaceContext,
  { to, role, link }: { to: string; role: WorkspaceContext['role']; link: string },
): Promise<void> {
  const { name: workspaceName } = await getWorkspace(tx, workspaceId);
  const inviterName = (await findPerson(tx, personId))?.name ?? '';
  await house.mail.post(tx, {
    to,
    language,
    template: 'invitation',
    params: { workspaceName, inviterName, role, link },
  });
}
