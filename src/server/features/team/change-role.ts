import type { members } from '#contract/people.ts';
import { refuse, type Verb, type WorkspaceContext } from '#server/platform/context/index.ts';
import type { Tx } from '#server/platform/db/index.ts';
import { tellFact } from '#server/platform/facts/index.ts';
import { revokeInvitationsOf } from './invitations/index.ts';
import { findMember, holdMember, lockOwners, updateRole } from './member-store.ts';
import { presentMembers } from './present-member.ts';
import type { MemberRow } from './tables.ts';

/** Gives a member another role; the last owner stays one. */
export const changeRole: Verb<typeof members.changeRole> = async (context, { workspaceId, personId, role }) =>
  context.inWorkspace(async (tx) => {
    const owners = await holdOwners(tx, context);
    const member = await mustHoldMember(tx, workspaceId, personId);
    if (role !== 'owner') assertOwnerRemains(owners, personId);
    await updateRole(tx, { workspaceId, personId }, role);
    // What they have offered to others must not outlive their power to offer it.
    if (role !== 'owner') await revokeInvitationsOf(tx, personId);
    const payload = { personId, role };
    await tellFact(tx, { workspaceId, kind: 'member.role-changed', payload, personId: context.personId });
    const [presented] = await presentMembers(tx, [{ ...member, role }]);
    return presented ?? refuse('not-found');
  });

/**
 * Holds the owners until the transaction ends, and gives their ids. Refuses a caller who is none of them any more: their
 * call may have begun before they lost the role.
 */
export async function holdOwners(
  tx: Tx,
  { workspaceId, personId }: Pick<WorkspaceContext, 'workspaceId' | 'personId'>,
): Promise<string[]> {
  const owners = await lockOwners(tx, workspaceId);
  if (owners.includes(personId)) return owners;
  return refuse((await findMember(tx, { workspaceId, personId })) ? 'not-allowed' : 'not-found');
}

/** One membership of the transaction's workspace, held until it ends, or `not-found`. */
export async function mustHoldMember(tx: Tx, workspaceId: string, personId: string): Promise<MemberRow> {
  return (await holdMember(tx, { workspaceId, personId }, 'alone')) ?? refuse('not-found');
}

/** Refuses when nobody would own the workspace without this person. */
export function assertOwnerRemains(owners: readonly string[], personId: string): void {
  if (owners.includes(personId) && owners.length === 1) refuse('last-owner');
}
