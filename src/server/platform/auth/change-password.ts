import { refuse, refuseField } from '../context/index.ts';
import type { AuthGround } from './auth-ground.ts';
import type { AuthBody } from './auth-routes.ts';
import { countAttempts, forgiveAttempts } from './count-attempts.ts';
import { assertPasswordFits } from './engine-refusals.ts';
import { dropLinksOf } from './link-store.ts';
import { hashPassword, verifyPassword } from './password-hash.ts';
import { findPassword, type Person, setPassword } from './person-store.ts';
import { endSessions } from './session-store.ts';
import { passwordBucket } from './sign-in-limits.ts';

/**
 * Gives a person who is signed in another password and ends all of their sessions: whoever changes a password because
 * someone else knows it wants that someone out. A password that was reset meanwhile stays: it has ended the session that
 * this call came by.
 */
export async function changePassword(
  { db }: Pick<AuthGround, 'db'>,
  { currentPassword, newPassword }: AuthBody<'change-password'>,
  { id, email }: Person,
): Promise<void> {
  assertPasswordFits('newPassword', newPassword);
  const bucket = passwordBucket(id);
  const known = await db.outside(async (tx) => {
    await countAttempts(tx, [bucket]);
    return findPassword(tx, email);
  });
  if (known === null || !(await verifyPassword({ hash: known, password: currentPassword })))
    refuseField('currentPassword', 'wrong-password');
  const passwordHash = await hashPassword(newPassword);
  await db.outside(async (tx) => {
    if ((await findPassword(tx, email, { hold: 'alone' })) !== known) refuse('signed-out');
    await setPassword(tx, id, passwordHash);
    await endSessions(tx, id, null);
    await forgiveAttempts(tx, { keys: [], wholly: [bucket.key] });
    await dropLinksOf(tx, 'reset-password', email);
  });
}
