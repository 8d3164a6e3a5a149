import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Vault } from '#server/platform/crypto/index.ts';

/** Where one person stops the mails, without signing in. The address holds for ever: a mail may be read late. */
export const leavePath = (vault: Pick<Vault, 'derive'>, personId: string): string =>
  `/unsubscribe/${Buffer.from(personId).toString('base64url')}.${sign(vault, personId)}`;

/** Whom a token is of, or null when it is none of ours. */
export function readLeaveToken(vault: Pick<Vault, 'derive'>, token: string): string | null {
  const [encoded = '', signature = '', ...rest] = token.split('.');
  const personId = Buffer.from(encoded, 'base64url').toString();
  const expected = Buffer.from(sign(vault, personId));
  const given = Buffer.from(signature);
  const isOurs = rest.length === 0 && given.byteLength === expected.byteLength && timingSafeEqual(given, expected);
  return isOurs ? personId : null;
}

const sign = (vault: Pick<Vault, 'derive'>, personId: string): string =>
  createHmac('sha256', vault.derive('leaving the mails of notices')).update(personId).digest('base64url');
