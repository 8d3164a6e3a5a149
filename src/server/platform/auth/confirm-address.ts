import { Refusal, refuse, refuseField } from '../context/index.ts';
import type { AuthGround } from './auth-ground.ts';
import type { AuthBody } from './auth-routes.ts';
import type { Caller } from './caller.ts';
import { countAttempts } from './count-attempts.ts';
import { findLink, spendLink } from './link-store.ts';
import { openAccount } from './open-account.ts';
import { verifyPassword } from './password-hash.ts';
import { permitRegistration, readRegistration } from './registration.ts';
import { placeBucket } from './sign-in-limits.ts';

/**
 * Opens the account that a link confirms, and returns its e-mail. Its password is asked for again: else whoever signs
 * up with somebody else's address would know the password of the account that its owner opens by the link.
 */
export async function confirmNewAddress(
  { db }: AuthGround,
  { token, password }: Pick<AuthBody<'confirm-address'>, 'token' | 'password'>,
  caller: Caller,
): Promise<string> {
  const link = await db.outside(async (tx) => {
    await countAttempts(tx, [placeBucket('link', caller.address)]);
    if ((await readRegistration(tx)) !== 'open') refuse('registration-closed');
    return findLink(tx, 'confirm-address', token);
  });
  if (!link?.password || link.name === null) refuse('link-spent');
  if (!(await verifyPassword({ hash: link.password, password }))) refuseField('password', 'other-password');
  const { email, name, language, password: passwordHash } = link;
  await openAccount(db, { name, email, passwordHash, language, confirmed: true }, async (tx) => {
    if (!(await spendLink(tx, link))) refuse('link-spent');
    await permitRegistration(tx, email);
    return { confirmed: true };
  }).catch((error: unknown) => {
    // An account with this address was opened meanwhile, with an invitation.
    if (error instanceof Refusal && error.code === 'email-in-use') refuse('link-spent');
    throw error;
  });
  return email;
}
