import type { NoticeId } from '#contract/ids.ts';
import type { Notice } from '#contract/notices.ts';
import { findChannels } from '#server/features/channels/index.ts';
import { mustFindGoal } from '#server/features/strategy/index.ts';
import { findPeople } from '#server/platform/auth/index.ts';
import type { House } from '#server/platform/context/index.ts';
import type { Tx } from '#server/platform/db/index.ts';
import { pathOf, wordingOf } from './notice.rules.ts';
import type { NoticeRow } from './tables.ts';

/** Notices as their person sees them, with the names that things have now. In a transaction of the workspace. */
export async function presentNotices(house: House, tx: Tx, rows: readonly NoticeRow[]): Promise<Notice[]> {
  const idsOf = (field: 'channelId' | 'goalId' | 'personId') => [
    ...new Set(rows.flatMap(({ particulars }) => particulars[field] ?? [])),
  ];
  const channels = new Map((await findChannels(house, tx, idsOf('channelId'))).map((it) => [it.id, it.name]));
  const people = new Map((await findPeople(tx, idsOf('personId'))).map((it) => [it.id, it.name]));
  const goals = new Map<string, string>();
  for (const goalId of idsOf('goalId')) goals.set(goalId, (await mustFindGoal(tx, goalId)).title);
  return rows.map((row) => {
    const { channelId, goalId, personId } = row.particulars;
    const names = {
      channel: channels.get(channelId ?? ''),
      goal: goals.get(goalId ?? ''),
      person: people.get(personId ?? ''),
    };
    return {
      id: row.id as NoticeId,
      kind: row.kind,
      wording: wordingOf(row.kind, row.particulars),
      names: Object.fromEntries(
        Object.entries(names).filter((name): name is [string, string] => name[1] !== undefined),
      ),
      count: row.count,
      path: pathOf(row.workspaceId, row),
      firstAt: row.createdAt.toISOString(),
      at: row.at.toISOString(),
      readAt: row.readAt?.toISOString() ?? null,
      settledAt: row.settledAt?.toISOString() ?? null,
    };
  });
}
