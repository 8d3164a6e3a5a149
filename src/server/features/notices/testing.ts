import { randomUUID } from 'node:crypto';
import type { NoticeKind } from '#contract/notices.ts';
import type { House } from '#server/platform/context/index.ts';
import { listNoticeRows } from './notice-store.ts';
import type { Particulars } from './tables.ts';
import { tellMembers } from './tell-members.ts';

/** Tells these members something that never happened; the id of the first one's notice. */
export async function makeNotice(
  house: House,
  { workspaceId, personId }: { workspaceId: string; personId: string },
  { kind = 'member-joined', particulars = {} }: { kind?: NoticeKind; particulars?: Particulars } = {},
): Promise<string> {
  return house.db.inWorkspace(workspaceId, async (tx) => {
    const news = { kind, subject: randomUUID(), event: randomUUID(), particulars };
    await tellMembers(house, tx, workspaceId, news, { only: [personId] });
    const [row] = await listNoticeRows(tx, personId, { unread: true, after: null, limit: 1 });
    if (!row) throw new Error('Nobody was told.');
    return row.id;
  });
}
