import type { Context } from '#server/platform/context/index.ts';
import { findChoices } from './choice-store.ts';
import { putOff } from './due-store.ts';
import { type DueGroup, findDueNotices, takeFound } from './find-due-notices.ts';
import { fillChoices } from './notice.rules.ts';
import { type PushMessage, sendPush } from './push/index.ts';
import { say, sayNotice } from './words.ts';

/** Beyond this many at once, one message counts them. */
const MOST_EACH = 3;
const AGAIN_SECONDS = 5 * 60;

/** Tells a person's devices what is to go there now. When no push service could be reached it goes again later. */
export async function sendPushes(context: Context, personId: string): Promise<void> {
  const { house } = context;
  const found = await findDueNotices(house, personId, 'push');
  if (!found) return;
  const { language } = found.person;
  const { groups, choice } = await house.db.outside(async (tx) => ({
    groups: await takeFound(house, tx, found, 'push'),
    choice: (await findChoices(tx, [personId]))(personId),
  }));
  const isUrgent = new Map(fillChoices(choice.kinds).map(({ kind, urgent }) => [kind, urgent]));
  for (const group of groups) {
    const urgent = group.notices.some(({ kind }) => isUrgent.get(kind) === true);
    let again = false;
    for (const message of shapeMessages(language, group))
      again ||= (await sendPush(context, personId, message, { urgent })).again;
    if (!again) continue;
    const { workspaceId } = group;
    const places = group.notices.map(({ id }) => ({ workspaceId, id }));
    await house.db.across((tx) => putOff(tx, places, 'push', AGAIN_SECONDS));
  }
}

function shapeMessages(lang: DueMessageLanguage, { workspaceId, workspaceName, notices }: DueGroup): PushMessage[] {
  if (notices.length > MOST_EACH) {
    const title = say(lang, 'mail.subject', { count: notices.length });
    return [{ title, body: workspaceName, url: `/w/${workspaceId}/notices`, tag: workspaceId, lang }];
  }
  return notices.map((notice) => {
    const { title, text } = sayNotice(lang, notice);
    return { title, body: `${text}\n${workspaceName}`, url: notice.path, tag: notice.id, lang };
  });
}

type DueMessageLanguage = Parameters<typeof sayNotice>[0];
