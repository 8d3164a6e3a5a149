/** How passwords are kept: scrypt with a salt of its own, 16,384 rounds over 16 blocks, about 60 ms each. */
export { hashPassword, verifyPassword } from 'better-auth/crypto';
