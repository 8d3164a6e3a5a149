import { randomBytes, scryptSync } from 'node:crypto';
import { vi } from 'vitest';

/**
 * Hundreds of people sign up in the tests, and a password that is hard to guess is as hard to make: here it is made with as
 * little work as scrypt can do. Tests about passwords, and about how long an answer takes, take the real one back by
 * `vi.unmock`.
 */
vi.mock('#server/platform/auth/password-hash.ts', () => {
  const derive = (password: string, salt: string) =>
    scryptSync(password.normalize('NFKC'), salt, 64, { N: 2 }).toString('hex');
  return {
    hashPassword: async (password: string) => {
      const salt = randomBytes(16).toString('hex');
      return `${salt}:${derive(password, salt)}`;
    },
    verifyPassword: async ({ hash, password }: { hash: string; password: string }) => {
      const [salt = '', key] = hash.split(':');
      return key === derive(password, salt);
    },
  };
});
