import type { JobDefinition } from '../context/index.ts';
import { dropOldAttempts } from './count-attempts.ts';
import { dropExpiredLinks } from './link-store.ts';
import { sendLink } from './send-link.ts';
import { dropExpiredSessions } from './session-store.ts';
import { dropOldPlaces } from './sign-in-limits.ts';

/** Every hour: forgets what of sign-in has run out. Whatever has run out is good for nothing before that, too. */
const sweepSignIn: JobDefinition = {
  name: 'sign-in.sweep',
  cron: '23 * * * *',
  unique: true,
  run: ({ house }) =>
    house.db.outside(async (tx) => {
      await dropExpiredSessions(tx);
      await dropExpiredLinks(tx);
      await dropOldAttempts(tx);
      await dropOldPlaces(tx);
    }),
};

export const authJobs = [sendLink, sweepSignIn] as const;
