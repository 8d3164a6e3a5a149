import { createHash, randomBytes } from 'node:crypto';

const BEGIN = 'gp_';

/** A new key's secret: 256 random bits. */
export const makeSecret = (): string => BEGIN + randomBytes(32).toString('base64url');

/** Whether this can be the secret of a key at all. */
export const isSecret = (text: string): boolean => /^gp_[\w-]{43,100}$/.test(text);

/** What is kept of a secret. It has 256 random bits: a plain hash cannot be guessed back. */
export const hashSecret = (secret: string): string => createHash('sha256').update(secret).digest('hex');

/** What is shown of a secret afterwards: too little to guess the rest. */
export const beginOf = (secret: string): string => secret.slice(0, BEGIN.length + 6);
