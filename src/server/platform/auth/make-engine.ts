import { type BetterAuthOptions, betterAuth } from 'better-auth';
import { getAdapter } from 'better-auth/db/adapter';
import { Kysely, PostgresDialect } from 'kysely';
import type { Database } from '../db/index.ts';
import type { Log } from '../log/index.ts';
import { hashSessionTokens } from './hash-session-tokens.ts';
import { hashPassword, verifyPassword } from './password-hash.ts';
import { sessionDays } from './session-store.ts';

/** Where the engine believes itself to be; only its path matters, see `engineAddress`. */
export const engineAddress = 'http://localhost/api/auth';
/** Header in which the engine is told the caller's address; one that comes from outside is never passed on. */
export const callerHeader = 'x-goalpost-caller';

export const passwordLength = { min: 10, max: 128 } as const;
const HOUR_SECONDS = 3_600;

/** What the engine is made of, for one kind of cookie. */
export interface EngineOptions {
  db: Database;
  log: Log;
  /** Signs cookies. */
  secret: string;
  /** The cookie for https, which browsers tie to this host, or the one for http. */
  secure: boolean;
}

/** The sign-in library as we use it: over our tables, our pool, our log. */
export type Engine = Awaited<ReturnType<typeof makeEngine>>;

/** Makes the sign-in library's engine for one kind of cookie. */
export async function makeEngine(options: EngineOptions) {
  const { log, secure } = options;
  const cookie = secure ? '__Host-goalpost' : 'goalpost';
  const attributes = { httpOnly: true, sameSite: 'lax', path: '/', secure } as const;
  const settings = {
    baseURL: 'http://localhost',
    basePath: '/api/auth',
    secret: options.secret,
    telemetry: { enabled: false },
    emailAndPassword: {
      enabled: true,
      // Accounts are made by `openAccount` alone.
      disableSignUp: true,
      minPasswordLength: passwordLength.min,
      maxPasswordLength: passwordLength.max,
      password: { hash: hashPassword, verify: verifyPassword },
    },
    session: {
      modelName: 'session',
      fields: inSnakeCase(['userId', 'expiresAt', 'ipAddress', 'userAgent', 'createdAt', 'updatedAt']),
      expiresIn: sessionDays.idle * 24 * HOUR_SECONDS,
      updateAge: HOUR_SECONDS,
      cookieCache: { enabled: false },
    },
    user: {
      modelName: 'account_holder',
      fields: inSnakeCase(['emailVerified', 'createdAt', 'updatedAt']),
    },
    account: {
      modelName: 'account',
      fields: inSnakeCase([
        'accountId',
        'providerId',
        'userId',
        'accessToken',
        'refreshToken',
        'idToken',
        'accessTokenExpiresAt',
        'refreshTokenExpiresAt',
        'createdAt',
        'updatedAt',
      ]),
    },
    verification: { modelName: 'verification', fields: inSnakeCase(['expiresAt', 'createdAt', 'updatedAt']) },
    // Guesses are counted by ourselves, before it is asked.
    rateLimit: { enabled: false },
    advanced: {
      // It would add `__Secure-` before our name.
      useSecureCookies: false,
      cookies: {
        session_token: { name: cookie, attributes },
        dont_remember: { name: `${cookie}-brief`, attributes },
      },
      ipAddress: { ipAddressHeaders: [callerHeader] },
    },
    logger: {
      level: 'warn',
      log: (level, message, ...rest) => {
        const err = rest.find((each) => each instanceof Error);
        log[level === 'error' ? 'error' : 'warn'](err ? { err } : {}, `sign-in: ${message}`);
      },
    },
  } satisfies BetterAuthOptions;

  const db = new Kysely<Record<string, never>>({ dialect: new PostgresDialect({ pool: options.db.pool }) });
  const adapter = await getAdapter({
    ...settings,
    database: { db, type: 'postgres', schemaName: 'auth', transaction: true },
  } as BetterAuthOptions);
  return betterAuth({ ...settings, database: () => hashSessionTokens(adapter) });
}

const inSnakeCase = (fields: string[]): Record<string, string> =>
  Object.fromEntries(fields.map((field) => [field, field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)]));
