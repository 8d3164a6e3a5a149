import type { members } from '#contract/people.ts';
import { refuse, type Verb } from '#server/platform/context/index.ts';
import type { Tx } from '#server/platform/db/index.ts';
import { tellFact } from '#server/platform/facts/index.ts';
import { revokeInvitationsOf } from './invitations/index.ts';
import { findMember, lockOwners, updateRole } from './member-store.ts';
import { presentMembers } from './present-member.ts';
import type { MemberRow } from './tables.ts';

/** Gives a member another role; the last owner stays one. */
export const changeRole: Verb<typeof members.changeRole> = async (context, { workspaceId, personId, role }) =>
  context.inWorkspace(async (tx) => {
    const member = await mustFindMember(tx, workspaceId, personId);
    if (role !== 'owner') await assertOwnerRemains(tx, workspaceId, personId);
    await updateRole(tx, { workspaceId, personId }, role);
    // What they have offered to others must not outlive their power to offer it.
    if (role !== 'owner') await revokeInvitationsOf(tx, personId);
    const payload = { personId, role };
    await tellFact(tx, { workspaceId, kind: 'member.role-changed', payload, personId: context.personId });
    const [presented] = await presentMembers(tx, [{ ...member, role }]);
    return presented ?? refuse('not-found');
  });

/** One membership of the transaction's workspace, or `not-found`. */
export async function mustFindMember(tx: Tx, workspaceId: string, personId: string): Promise<MemberRow> {
  return (await findMember(tx, { workspaceId, personId })) ?? refuse('not-found');
}

/** Refuses when nobody would own the workspace without this person. Holds the owners until the transaction ends. */
export async function assertOwnerRemains(tx: Tx, workspaceId: string, personId: string): Promise<void> {
  const owners = await lockOwners(tx, workspaceId);
  if (owners.includes(personId) && owners.length === 1) refuse('last-owner');
}
