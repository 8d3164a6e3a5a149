import { z } from 'zod';
import type { members } from '#contract/people.ts';
import { cutPage, readCursor, type Verb } from '#server/platform/context/index.ts';
import { listMemberRows } from './member-store.ts';
import { presentMembers } from './present-member.ts';

const JoinedAndPerson = z.tuple([z.iso.datetime().transform((text) => new Date(text)), z.string().regex(/^[\w-]+$/)]);

/** Who belongs to the workspace, the longest member first. */
export const listMembers: Verb<typeof members.list> = async (context, { workspaceId, cursor, limit }) => {
  const place = readCursor(cursor, JoinedAndPerson);
  const after = place && { joinedAt: place[0], personId: place[1] };
  return context.inWorkspace(async (tx) => {
    const rows = await listMemberRows(tx, workspaceId, { after, limit });
    const page = cutPage(
      rows,
      limit,
      (row) => [row.created_at, row.person_id],
      (row) => row,
    );
    return { ...page, items: await presentMembers(tx, page.items) };
  });
};
