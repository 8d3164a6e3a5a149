import { noticeKinds } from '#contract/notices.ts';
import type { House } from '#server/platform/context/index.ts';
import { changeChoice } from '../choice-store.ts';
import { dropDue } from '../due-store.ts';
import { fillChoices } from '../notice.rules.ts';

/** Switches every kind's mails off for a person, and drops what waits to go out. Repeatable. */
export async function stopMails({ db }: Pick<House, 'db'>, personId: string): Promise<void> {
  await db.outside(async (tx) => {
    await changeChoice(tx, personId, (before) => {
      const now = new Map(fillChoices(before.kinds).map(({ kind, ...ways }) => [kind, ways]));
      const kinds = Object.fromEntries(noticeKinds.map((kind) => [kind, { ...now.get(kind), mail: 'off' }]));
      return { ...before, kinds };
    });
    await db.acrossWithin(tx, (across) => dropDue(across, personId, 'mail'));
  });
}
