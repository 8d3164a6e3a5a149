import type { SessionId } from '#contract/ids.ts';
import type { sessions } from '#contract/people.ts';
import { listSessions as listSessionRows } from '#server/platform/auth/index.ts';
import type { Verb } from '#server/platform/context/index.ts';

/** Where the caller is signed in, the latest used first. */
export const listSessions: Verb<typeof sessions.list> = async ({ house, personId, sessionId }) => {
  const rows = await house.db.outside((tx) => listSessionRows(tx, personId));
  return {
    items: rows.map((row) => ({
      id: row.id as SessionId,
      current: row.id === sessionId,
      device: row.userAgent ?? '',
      from: row.address ?? '',
      startedAt: row.startedAt.toISOString(),
      lastUsedAt: row.lastUsedAt.toISOString(),
      expiresAt: row.expiresAt.toISOString(),
    })),
  };
};
