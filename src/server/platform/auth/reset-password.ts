import { refuse } from '../context/index.ts';
import type { AuthGround } from './auth-ground.ts';
import type { AuthBody } from './auth-routes.ts';
import type { Caller } from './caller.ts';
import { countAttempts } from './count-attempts.ts';
import { assertPasswordFits } from './engine-refusals.ts';
import { findLink, spendLink } from './link-store.ts';
import { hashPassword } from './password-hash.ts';
import { confirmAddress, findPersonByEmail, setPassword } from './person-store.ts';
import { endSessions } from './session-store.ts';
import { placeBucket, unlockAccount } from './sign-in-limits.ts';

/** Sets a new password by a mailed link, once; ends every session and opens what guesses had locked. */
export async function resetPassword(
  { db }: AuthGround,
  { token, newPassword }: AuthBody<'reset-password'>,
  caller: Caller,
): Promise<void> {
  assertPasswordFits('newPassword', newPassword);
  const link = await db.outside(async (tx) => {
    await countAttempts(tx, [placeBucket('link', caller.address)]);
    return findLink(tx, 'reset-password', token);
  });
  if (!link) refuse('link-spent');
  const passwordHash = await hashPassword(newPassword);
  await db.outside(async (tx) => {
    const person = await findPersonByEmail(tx, link.email);
    if (!(await spendLink(tx, link)) || !person) refuse('link-spent');
    await setPassword(tx, person.id, passwordHash);
    await confirmAddress(tx, person.id);
    await endSessions(tx, person.id, null);
    await unlockAccount(tx, link.email, caller.address);
  });
}
