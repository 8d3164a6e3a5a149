import { listClosedScopes } from '#server/features/channels/index.ts';
import { readMotion } from '#server/features/publishing/index.ts';
import { type MailStanding, readMailStanding } from '#server/platform/mail/index.ts';
import { checkBackups } from './check-backups.ts';
import type { Check, Examined, ExaminedDatabase } from './examined.ts';
import { found } from './examined.ts';
import { countLateFacts, readJobStanding, readServer } from './operator-store.ts';

/** Clocks this far apart are worth a word; beyond the second, times in the interface mislead. */
const CLOCK_WARNING_MS = 2_000;
const CLOCK_PROBLEM_MS = 60_000;

/** Networks ask everybody to wait for a moment; longer is worth a word. */
const LONG_WAIT_SECONDS = 300;

/** What only the database tells; without it there is one finding that says so. */
export function checkDatabase(examined: Examined): Check[] {
  const { database } = examined;
  if (database === null) return [{ check: 'running', look: async () => found('warning') }, checkMailSetting(examined)];
  if (typeof database === 'string')
    return [{ check: 'database', look: async () => found('problem', { said: database }) }, checkMailSetting(examined)];
  const { db, countMissingMigrations } = database;
  return [
    {
      check: 'database',
      look: async () => {
        const { number, version } = await db.outside(readServer);
        return found(number < 150_000 ? 'problem' : 'fine', { version, said: version });
      },
    },
    ...(countMissingMigrations ? [checkMigrations(countMissingMigrations)] : []),
    {
      check: 'clock',
      look: async () => {
        const before = Date.now();
        const { now } = await db.outside(readServer);
        const differenceMs = Math.abs(now.getTime() - (before + Date.now()) / 2);
        const state =
          differenceMs > CLOCK_PROBLEM_MS ? 'problem' : differenceMs > CLOCK_WARNING_MS ? 'warning' : 'fine';
        return found(state, { seconds: Math.round(differenceMs / 1000) });
      },
    },
    ...checkPublishing(database),
    {
      check: 'secrets',
      look: async () => {
        const unreadable = await database.countUnreadable();
        return found(unreadable > 0 ? 'problem' : 'fine', { count: unreadable });
      },
    },
    {
      check: 'facts',
      look: async () => {
        const late = await database.everywhere(countLateFacts);
        return found(late > 0 ? 'warning' : 'fine', { count: late });
      },
    },
    {
      check: 'jobs',
      look: async () => {
        const failed = (await db.outside(readJobStanding)).filter((queue) => queue.failed > 0);
        const names = failed.map(({ queue }) => queue).join(', ');
        const count = failed.reduce((sum, queue) => sum + queue.failed, 0);
        return found(count > 0 ? 'warning' : 'fine', { count, names });
      },
    },
    ...checkBackups(examined, database),
    checkMailSetting(examined, () => db.outside(readMailStanding)),
  ];
}

function checkPublishing({ db }: ExaminedDatabase): Check[] {
  return [
    {
      check: 'workers',
      look: async () => {
        const { workers } = await db.outside(readMotion);
        return found(workers > 0 ? 'fine' : 'problem', { count: workers });
      },
    },
    {
      check: 'overdue',
      look: async () => {
        const { overdue, oldestOverdueSeconds } = await db.outside(readMotion);
        const minutes = Math.ceil((oldestOverdueSeconds ?? 0) / 60);
        return found(overdue > 0 ? 'problem' : 'fine', { count: overdue, minutes });
      },
    },
    {
      check: 'limits',
      look: async () => {
        const long = (await db.outside(listClosedScopes)).filter(({ seconds }) => seconds > LONG_WAIT_SECONDS);
        const names = [...new Set(long.map(({ network }) => network))].join(', ');
        const minutes = Math.ceil((long[0]?.seconds ?? 0) / 60);
        return found(long.length > 0 ? 'warning' : 'fine', { count: long.length, names, minutes });
      },
    },
  ];
}

const checkMigrations = (countMissing: () => Promise<number>): Check => ({
  check: 'schema',
  look: async () => {
    const missing = await countMissing();
    return found(missing > 0 ? 'warning' : 'fine', { count: missing });
  },
});

function checkMailSetting({ mail }: Examined, readStanding?: () => Promise<MailStanding>): Check {
  return {
    check: 'mail',
    look: async () => {
      if (!mail.configured) return found('warning');
      const standing = await readStanding?.();
      if (!standing || standing.failing + standing.givenUp === 0) return found('fine');
      return found('problem', { count: standing.failing + standing.givenUp, said: standing.lastSaid ?? '' });
    },
  };
}
