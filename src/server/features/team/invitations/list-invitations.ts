import type { invitations } from '#contract/invitations.ts';
import { cutPage, InstantAndId, readCursor, type Verb } from '#server/platform/context/index.ts';
import { listInvitationRows } from './invitation-store.ts';
import { presentInvitation } from './present-invitation.ts';

/** Every invitation there was, the newest first. */
export const listInvitations: Verb<typeof invitations.list> = async (context, { cursor, limit }) => {
  const place = readCursor(cursor, InstantAndId);
  const after = place && { createdAt: place[0], id: place[1] };
  const rows = await context.inWorkspace((tx) => listInvitationRows(tx, { after, limit }));
  return cutPage(rows, limit, (row) => [row.created_at, row.id], presentInvitation);
};
