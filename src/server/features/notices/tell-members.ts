import type { NoticeKind } from '#contract/notices.ts';
import { getZone, listRoles } from '#server/features/team/index.ts';
import { readClock } from '#server/platform/clock/index.ts';
import type { House } from '#server/platform/context/index.ts';
import type { Tx } from '#server/platform/db/index.ts';
import { tellChanges } from '#server/platform/live/index.ts';
import { findChoices } from './choice-store.ts';
import { mailDueAt, pushDueAt } from './due-times.rules.ts';
import { fillChoices, isTold } from './notice.rules.ts';
import { addNotice } from './notice-store.ts';
import { listPeopleWithDevices } from './push/index.ts';
import { sendMailsTo, sendPushesTo } from './sending-jobs.ts';
import type { Particulars } from './tables.ts';

/** Something that members should know. */
export interface News {
  kind: NoticeKind;
  /** Happenings about the same subject are one notice while it is unread. */
  subject: string;
  /** Names the happening: told twice it counts once. */
  event: string;
  particulars: Particulars;
}

/** What is due sooner than this is sent by a job of its own; the rest waits for the sweep of its minute. */
const SOON_MS = 90_000;

/**
 * Tells everybody in the workspace who can do something about it; nobody is told of what they did themselves (`but`).
 * With `only`, exactly these members. Runs in a transaction of the workspace; repeatable.
 */
export async function tellMembers(
  house: House,
  tx: Tx,
  workspaceId: string,
  { kind, ...news }: News,
  whom: { but?: string; only?: readonly string[] } = {},
): Promise<void> {
  const people = (await listRoles(tx))
    .filter(({ personId, role }) => (whom.only ? whom.only.includes(personId) : isTold(role, kind)))
    .flatMap(({ personId }) => (personId === whom.but ? [] : [personId]));
  if (people.length === 0) return;
  const choicesOf = await findChoices(tx, people);
  const withDevices = await listPeopleWithDevices(tx, people);
  const [now, zone] = [await readClock(tx), await getZone(tx)];
  // In one order, so that two tellers never wait for each other.
  for (const personId of people.toSorted()) {
    const choice = choicesOf(personId);
    const ways = fillChoices(choice.kinds).find((it) => it.kind === kind);
    if (!ways) continue;
    const clock = { ...choice, zone: choice.zone ?? zone };
    const mail = house.mail.configured ? ways.mail : 'off';
    const push = ways.push && withDevices.has(personId);
    const due = await addNotice(tx, {
      ...news,
      workspaceId,
      personId,
      kind,
      dues: ({ mailedAt, pushedAt }) => ({
        mailDueAt: mailDueAt({ now, lastAt: mailedAt, mail, urgent: ways.urgent }, clock),
        pushDueAt: pushDueAt({ now, lastAt: pushedAt, push, urgent: ways.urgent }, clock),
      }),
    });
    if (!due) continue;
    await tellChanges(tx, workspaceId, [{ kind: 'notice.told', ids: {}, personId }]);
    const isSoon = (at: Date | null): at is Date => at !== null && at.getTime() - now.getTime() < SOON_MS;
    if (isSoon(due.mailDueAt)) await house.jobs.enqueue(tx, sendMailsTo, { personId }, { startAfter: due.mailDueAt });
    if (isSoon(due.pushDueAt)) await house.jobs.enqueue(tx, sendPushesTo, { personId }, { startAfter: due.pushDueAt });
  }
}
