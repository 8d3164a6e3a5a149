import { refuse } from '../context/index.ts';
import { chooseLanguage } from '../texts/index.ts';
import type { AuthGround } from './auth-ground.ts';
import type { AuthBody } from './auth-routes.ts';
import type { Caller } from './caller.ts';
import { countAttempts } from './count-attempts.ts';
import { assertPasswordFits } from './engine-refusals.ts';
import { openAccount } from './open-account.ts';
import { hashPassword } from './password-hash.ts';
import { mayRegister, permitRegistration, readRegistration } from './registration.ts';
import { requestLink } from './request-link.ts';
import { placeBucket } from './sign-in-limits.ts';

/**
 * Opens an account at once for the first person and for whoever has an invitation (`opened`). Where registration is
 * open everybody else gets a link by mail (`sent`), whether their address is known or not; else it is closed to them.
 */
export async function signUp(
  ground: AuthGround,
  { name, email, password, invitation }: AuthBody<'sign-up'>,
  caller: Caller,
): Promise<'opened' | 'sent'> {
  assertPasswordFits('password', password);
  const { atOnce, registration } = await ground.db.outside(async (tx) => {
    await countAttempts(tx, [placeBucket('signUp', caller.address)]);
    return { atOnce: await mayRegister(tx, email), registration: await readRegistration(tx) };
  });
  const invited = invitation !== undefined;
  if (!atOnce && !invited && registration === 'invited') refuse('registration-closed');
  const passwordHash = await hashPassword(password);
  if (!atOnce && !invited) {
    await requestLink(ground, { kind: 'confirm-address', email, account: { name, passwordHash } }, caller);
    return 'sent';
  }
  const language = chooseLanguage(caller.headers.get('accept-language'));
  await openAccount(ground.db, { name, email, passwordHash, language, confirmed: false }, async (tx, personId) => {
    if (!invited) return { confirmed: false };
    const claimed = await ground.claimInvitation(tx, { token: invitation, email: email.toLowerCase(), personId });
    await permitRegistration(tx, email);
    return claimed;
  });
  return 'opened';
}
