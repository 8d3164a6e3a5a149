import type { members } from '#contract/people.ts';
import type { Verb } from '#server/platform/context/index.ts';
import { tellFact } from '#server/platform/facts/index.ts';
import { assertOwnerRemains, mustFindMember } from './change-role.ts';
import { revokeInvitationsOf } from './invitations/index.ts';
import { deleteMember } from './member-store.ts';

/** Ends a membership; the next call of that person finds nothing here any more. The last owner cannot leave. */
export const removeMember: Verb<typeof members.remove> = async (context, { workspaceId, personId }) =>
  context.inWorkspace(async (tx) => {
    await mustFindMember(tx, workspaceId, personId);
    await assertOwnerRemains(tx, workspaceId, personId);
    await revokeInvitationsOf(tx, personId);
    await deleteMember(context.house.db, tx, { workspaceId, personId });
    await tellFact(tx, { workspaceId, kind: 'member.removed', payload: { personId }, personId: context.personId });
    return {};
  });
