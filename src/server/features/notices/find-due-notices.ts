import type { Notice } from '#contract/notices.ts';
import { findMembership, getWorkspace } from '#server/features/team/index.ts';
import { findPerson, type Person } from '#server/platform/auth/index.ts';
import type { House } from '#server/platform/context/index.ts';
import { listDue, type NoticePlace, takeDue, type Way } from './due-store.ts';
import { findUnread } from './notice-store.ts';
import { presentNotices } from './present-notice.ts';

/** What is to go out to a person now from one workspace. */
export interface DueGroup {
  workspaceId: string;
  workspaceName: string;
  notices: Notice[];
}

export interface DueNotices {
  person: Person;
  groups: DueGroup[];
  /** Everything that is due, also what nobody needs any more. */
  places: NoticePlace[];
}

/**
 * What is to go out to a person by a way now: unread, and of workspaces they still belong to. Null when nothing is due.
 */
export async function findDueNotices(house: House, personId: string, way: Way): Promise<DueNotices | null> {
  const { db } = house;
  const places = await db.across((tx) => listDue(tx, personId, way));
  const person = await db.outside((tx) => findPerson(tx, personId));
  if (places.length === 0 || !person) return null;
  const groups: DueGroup[] = [];
  for (const [workspaceId, of] of Map.groupBy(places, (it) => it.workspaceId)) {
    if (!(await findMembership(db, personId, workspaceId))) continue;
    const group = await db.inWorkspace(workspaceId, async (tx) => ({
      workspaceId,
      workspaceName: (await getWorkspace(tx, workspaceId)).name,
      notices: await presentNotices(
        house,
        tx,
        await findUnread(
          tx,
          personId,
          of.map((it) => it.id),
        ),
      ),
    }));
    if (group.notices.length > 0) groups.push(group);
  }
  groups.sort((a, b) => a.workspaceName.localeCompare(b.workspaceName));
  return { person, groups, places };
}

/** Takes what was found, in the caller's transaction outside workspaces; leaves out what somebody else took meanwhile. */
export async function takeFound(
  { db }: Pick<House, 'db'>,
  tx: Parameters<House['db']['acrossWithin']>[0],
  { groups, places }: Pick<DueNotices, 'groups' | 'places'>,
  way: Way,
): Promise<DueGroup[]> {
  const taken = new Set(await db.acrossWithin(tx, (across) => takeDue(across, places, way)));
  return groups
    .map((group) => ({ ...group, notices: group.notices.filter(({ id }) => taken.has(id)) }))
    .filter(({ notices }) => notices.length > 0);
}
