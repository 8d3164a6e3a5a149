import type { WorkspaceId } from '#contract/ids.ts';
import type { invitations } from '#contract/invitations.ts';
import { type ClaimInvitation, findPerson } from '#server/platform/auth/index.ts';
import { refuse, type Verb } from '#server/platform/context/index.ts';
import type { Database, Tx } from '#server/platform/db/index.ts';
import { tellFact } from '#server/platform/facts/index.ts';
import { insertMember } from '../member-store.ts';
import {
  bindWorkspace,
  findByToken,
  type InvitationRow,
  lockInvitation,
  markAccepted,
  markRegistered,
  unbindWorkspace,
} from './invitation-store.ts';

/** Makes the caller a member, once. An invitation that went to an address is for the account with that address. */
export const acceptInvitation: Verb<typeof invitations.accept> = async (context, { token }) => {
  const { house, personId } = context;
  const { workspaceId, id } = (await findByToken(house.db, token)) ?? refuse('not-found');
  await context.enterWorkspace(workspaceId, async (tx) => {
    const person = (await findPerson(tx, personId)) ?? refuse('signed-out');
    const invitation = await lockOpen(tx, id, person);
    const { role } = invitation;
    if (!(await insertMember(house.db, tx, { workspaceId, personId, role }))) refuse('member-already');
    await markAccepted(tx, id, personId);
    await tellFact(tx, { workspaceId, kind: 'member.joined', payload: { personId, role, invitationId: id }, personId });
    return { id, role };
  });
  return { workspaceId: workspaceId as WorkspaceId };
};

/**
 * Lets the holder of an open invitation open one account by it, in that account's own transaction. Accepting is a
 * second step, which only they can take from then on.
 */
export const claimInvitation =
  (db: Database): ClaimInvitation =>
  async (tx, { token, email, personId }) => {
    const { workspaceId, id } = (await findByToken(db, token, tx)) ?? refuse('not-found');
    await bindWorkspace(tx, workspaceId);
    const invitation = await lockOpen(tx, id, { id: personId, email });
    await markRegistered(tx, id, personId);
    await unbindWorkspace(tx);
    return { confirmed: invitation.email !== null };
  };

/** The invitation while this person may use it, locked until the transaction ends. */
async function lockOpen(tx: Tx, id: string, person: { id: string; email: string }): Promise<InvitationRow> {
  const invitation = (await lockInvitation(tx, id)) ?? refuse('not-found');
  const isTaken = invitation.registered_by !== null && invitation.registered_by !== person.id;
  if (invitation.state !== 'open' || isTaken) refuse('invitation-spent');
  if (invitation.email !== null && invitation.email !== person.email) refuse('invitation-for-another');
  return invitation;
}
