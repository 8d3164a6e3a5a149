import type { JobDefinition } from '#server/platform/jobs/index.ts';
import { listDuePeople } from './due-store.ts';
import { sendMails } from './send-mails.ts';
import { sendPushes } from './send-pushes.ts';

/** What is to go to one person by mail now. */
export const sendMailsTo: JobDefinition<{ personId: string }> = {
  name: 'notice.mail',
  run: (context, { personId }) => sendMails(context, personId),
};

/** What is to go to one person's devices now. */
export const sendPushesTo: JobDefinition<{ personId: string }> = {
  name: 'notice.push',
  run: (context, { personId }) => sendPushes(context, personId),
};

/** Every minute: whatever is due to anybody, digests and the ends of quiet hours among it. */
const sweepNotices: JobDefinition = {
  name: 'notice.sweep',
  cron: '* * * * *',
  unique: true,
  retryLimit: 0,
  run: async (context) => {
    const { db, jobs } = context.house;
    const mails = await db.across((tx) => listDuePeople(tx, 'mail'));
    const pushes = await db.across((tx) => listDuePeople(tx, 'push'));
    await db.outside(async (tx) => {
      for (const personId of mails) await jobs.enqueue(tx, sendMailsTo, { personId });
      for (const personId of pushes) await jobs.enqueue(tx, sendPushesTo, { personId });
    });
  },
};

export const sendingJobs = [sendMailsTo, sendPushesTo, sweepNotices] as const;
