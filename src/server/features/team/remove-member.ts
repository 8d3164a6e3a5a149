import type { members } from '#contract/people.ts';
import type { Verb } from '#server/platform/context/index.ts';
import { tellFact } from '#server/platform/facts/index.ts';
import { endApiKeysOf } from './api-keys/index.ts';
import { assertOwnerRemains, holdOwners, mustHoldMember } from './change-role.ts';
import { revokeInvitationsOf } from './invitations/index.ts';
import { deleteMember } from './member-store.ts';

/**
 * Ends a membership; the next call of that person finds nothing here any more. Their keys and what they offered to
 * others end with it, so that nothing comes back when they do. The last owner cannot leave.
 */
export const removeMember: Verb<typeof members.remove> = async (context, { workspaceId, personId }) =>
  context.inWorkspace(async (tx) => {
    const owners = await holdOwners(tx, context);
    await mustHoldMember(tx, workspaceId, personId);
    assertOwnerRemains(owners, personId);
    await revokeInvitationsOf(tx, personId);
    await endApiKeysOf(tx, personId);
    await deleteMember(context.house.db, tx, { workspaceId, personId });
    await tellFact(tx, { workspaceId, kind: 'member.removed', payload: { personId }, personId: context.personId });
    return {};
  });
