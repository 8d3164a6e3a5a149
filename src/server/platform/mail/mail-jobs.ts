import type { JobDefinition } from '../context/context.ts';

/** Sends one mail that was posted, if it is still there and due. */
export const sendMail: JobDefinition<{ mailId: string }> = {
  name: 'mail.send',
  run: ({ house, ...rest }, { mailId }) => house.mail.sendWaiting({ house, ...rest }, mailId),
};

/** Every five minutes: whatever is due and was forgotten, after a restore for example. */
const sweepMail: JobDefinition = {
  name: 'mail.sweep',
  cron: '*/5 * * * *',
  unique: true,
  retryLimit: 0,
  run: (context) => context.house.mail.sendWaiting(context),
};

export const mailJobs = [sendMail, sweepMail] as const;
