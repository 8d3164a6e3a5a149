import { createHash, randomBytes } from 'node:crypto';

/** A token for a link: 256 random bits, safe in addresses. */
export const makeToken = (): string => randomBytes(32).toString('base64url');

/** What is kept of a token. So many random bits cannot be guessed back from a plain hash. */
export const hashToken = (token: string): string => createHash('sha256').update(token).digest('hex');
