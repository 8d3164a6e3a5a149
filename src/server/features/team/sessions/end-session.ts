import type { sessions } from '#contract/people.ts';
import { endSession as deleteSession, endSessions } from '#server/platform/auth/index.ts';
import { refuse, type Verb } from '#server/platform/context/index.ts';

/** Signs one of the caller's devices out; its next call is told so. */
export const endSession: Verb<typeof sessions.end> = async ({ house, personId }, { sessionId }) => {
  const ended = await house.db.outside((tx) => deleteSession(tx, personId, sessionId));
  return ended ? {} : refuse('not-found');
};

/** Signs the caller out everywhere but here. */
export const endOtherSessions: Verb<typeof sessions.endOthers> = async ({ house, personId, sessionId }) => ({
  ended: await house.db.outside((tx) => endSessions(tx, personId, sessionId)),
});
