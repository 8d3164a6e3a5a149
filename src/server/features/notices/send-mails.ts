import type { Context, Letter } from '#server/platform/context/index.ts';
import { type DueGroup, findDueNotices, takeFound } from './find-due-notices.ts';
import { leavePath } from './leave/index.ts';
import { say, sayNotice } from './words.ts';

/**
 * Posts one mail with everything that is to go to a person by mail now, over all their workspaces. What was read
 * meanwhile stays out; what was posted once is not posted again.
 */
export async function sendMails({ house }: Context, personId: string): Promise<void> {
  const found = await findDueNotices(house, personId, 'mail');
  if (!found) return;
  const { person } = found;
  const { language } = person;
  const base = house.config.publicUrl;
  await house.db.outside(async (tx) => {
    const groups = await takeFound(house, tx, found, 'mail');
    const [first] = groups;
    if (!first || !house.mail.configured) return;
    const params = {
      subject: subjectOf(language, groups),
      groups: groups.map(({ workspaceName, notices }) => ({
        name: workspaceName,
        notices: notices.map((notice) => ({
          ...sayNotice(language, notice),
          button: say(language, `wordings.${notice.wording}.act`),
          link: base + notice.path,
        })),
      })),
      settings: { label: say(language, 'mail.settings'), link: `${base}/w/${first.workspaceId}/notice-settings` },
      leave: { label: say(language, 'mail.leave'), link: base + leavePath(house.vault, personId) },
    };
    await house.mail.post(tx, { to: person.email, language, template: 'notices', params });
  });
}

/** One notice is the subject itself; several are counted. */
function subjectOf(language: Letter['language'], groups: readonly DueGroup[]): string {
  const all = groups.flatMap(({ workspaceName, notices }) => notices.map((notice) => ({ notice, workspaceName })));
  const [only] = all;
  if (only && all.length === 1) return `${sayNotice(language, only.notice).title} · ${only.workspaceName}`;
  const names = groups.map(({ workspaceName }) => workspaceName).join(', ');
  return `${say(language, 'mail.subject', { count: all.length })} · ${names}`;
}
