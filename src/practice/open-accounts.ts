import { createHash, randomBytes, randomUUID, scryptSync, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { openJournal } from './open-journal.ts';
import { ApiRefusal } from './refusal.ts';

/**
 * What becomes of a post whose answer was lost. `keyed` accounts honour `Idempotency-Key` and are read by it. `keyless`
 * ones do not, and show a new post in lists only after a while. `repeat` honours keys and lets nothing be read. `container`
 * takes a post in two steps and says of the first what became of it. `blind` has no keys and lets nothing be read.
 */
export const accountKinds = ['keyed', 'keyless', 'repeat', 'container', 'blind'] as const;

export interface Account {
  id: string;
  handle: string;
  name: string;
  kind: (typeof accountKinds)[number];
  /** How long lists do not show what was just posted. */
  readLagMs: number;
  /** How many posts it takes in 24 hours; null: as many as come. */
  quota: number | null;
  /** Whether it shows posts otherwise than they were written: links hidden, names for handles, other white space. */
  rewrites: boolean;
  /** How long an access token lasts. */
  accessLifeMs: number;
  /** How long after signing in refreshing works; null: for ever. */
  signInLifeMs: number | null;
  /** Whether refreshing gives a new refresh token too and ends the old one; else the one of signing in goes on. */
  rotates: boolean;
  /** Whether refreshing says anew when signing in ends; else signing in alone says it. */
  repeatsEnd: boolean;
}

/** What a person or program signs in with from now on. */
export interface Tokens {
  accessToken: string;
  /** Absent where the one that was sent goes on. */
  refreshToken?: string;
  /** Seconds. */
  expiresIn: number;
  /** Seconds until refreshing works no more; null: it goes on. Absent where signing in has said it. */
  endsIn?: number | null;
}

/** Who is there, and who is signed in. */
export interface Accounts {
  open(account: NewAccount): Account;
  /** Throws `sign-in-refused` for an unknown handle as for a wrong password. */
  signIn(handle: string, password: string): { account: Account; tokens: Tokens };
  /** Gives new tokens and makes the old ones worthless at once (on accounts that rotate: both). */
  refresh(refreshToken: string): { account: Account; tokens: Tokens };
  /** Whose refresh token this is, without using it up. */
  findByRefreshToken(refreshToken: string): Account | null;
  /** Whose access token this is, and whether it still works; null when nobody has it. */
  findByToken(accessToken: string): { account: Account; isExpired: boolean } | null;
  find(id: string): Account | null;
  findByHandle(handle: string): Account | null;
  list(): Account[];
  /** Access tokens end now; refresh tokens go on working. */
  expire(accountId: string): void;
  /** All tokens end now. */
  revoke(accountId: string): void;
  setReadLag(accountId: string, readLagMs: number): void;
  close(): void;
}

export const NewAccount = z.object({
  handle: z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/),
  password: z.string().min(4).max(200),
  name: z.string().trim().max(100).default(''),
  kind: z.enum(accountKinds).default('keyed'),
  readLagMs: z.int().min(0).max(60_000).optional(),
  quota: z.int().min(1).max(100_000).nullable().default(null),
  rewrites: z.boolean().default(false),
  accessLifeMs: z.int().min(100).max(31_536_000_000).default(3_600_000),
  signInLifeMs: z.int().min(100).max(31_536_000_000).nullable().default(null),
  rotates: z.boolean().default(true),
  repeatsEnd: z.boolean().default(true),
});
export type NewAccount = z.infer<typeof NewAccount>;

const usualAccessLifeMs = 3_600_000;
const usualReadLagMs = 1_000;

const Line = z.discriminatedUnion('act', [
  z.object({
    act: z.literal('account'),
    at: z.string(),
    id: z.string(),
    handle: z.string(),
    name: z.string(),
    kind: z.enum(accountKinds),
    readLagMs: z.number(),
    quota: z.number().nullable().default(null),
    rewrites: z.boolean().default(false),
    accessLifeMs: z.number().default(usualAccessLifeMs),
    signInLifeMs: z.number().nullable().default(null),
    rotates: z.boolean().default(true),
    repeatsEnd: z.boolean().default(true),
    salt: z.string(),
    password: z.string(),
  }),
  z.object({
    act: z.literal('tokens'),
    at: z.string(),
    account: z.string(),
    access: z.string(),
    refresh: z.string(),
    endsAt: z.number(),
    /** When refreshing ends; null: never. */
    refreshEndsAt: z.number().nullable().default(null),
    /** The refresh token that was given up for these. */
    instead: z.string().nullable(),
  }),
  z.object({ act: z.literal('expire'), at: z.string(), account: z.string() }),
  z.object({ act: z.literal('revoke'), at: z.string(), account: z.string() }),
  z.object({ act: z.literal('read-lag'), at: z.string(), account: z.string(), readLagMs: z.number() }),
]);
type Line = z.infer<typeof Line>;

interface Session {
  account: string;
  access: string;
  refresh: string;
  endsAt: number;
  refreshEndsAt: number | null;
}

/** Opens the accounts kept in a file. Passwords and tokens are kept as hashes only. */
export function openAccounts(file: string): Accounts {
  const journal = openJournal(file, Line);
  const accounts = new Map<string, Account & { salt: string; password: string }>();
  let sessions: Session[] = [];
  for (const line of journal.kept) apply(line);

  return {
    open({ password, name, readLagMs, ...about }) {
      const { handle, kind } = about;
      if (byHandle(handle)) throw new ApiRefusal(409, 'handle-taken', 'This handle is taken.');
      const id = `a${accounts.size + 1}-${randomBytes(4).toString('hex')}`;
      const salt = randomBytes(16).toString('hex');
      write({
        act: 'account',
        id,
        ...about,
        name: name || handle,
        readLagMs: readLagMs ?? (kind === 'keyless' ? usualReadLagMs : 0),
        salt,
        password: hashOf(password, salt),
      });
      return present(id);
    },
    signIn(handle, password) {
      const found = byHandle(handle.toLowerCase());
      const given = hashOf(password, found?.salt ?? 'nobody');
      if (!found || !isSame(given, found.password)) {
        throw new ApiRefusal(401, 'sign-in-refused', 'Handle and password do not go together.');
      }
      return { account: present(found.id), tokens: issue(found.id, null) };
    },
    refresh(refreshToken) {
      const session = byRefresh(refreshToken);
      if (!session || (session.refreshEndsAt !== null && session.refreshEndsAt <= Date.now()))
        throw new ApiRefusal(401, 'session-ended', 'This session has ended. Sign in again.');
      return { account: present(session.account), tokens: issue(session.account, session) };
    },
    findByRefreshToken(refreshToken) {
      const session = byRefresh(refreshToken);
      return session ? present(session.account) : null;
    },
    findByToken(accessToken) {
      const hash = fingerprint(accessToken);
      const session = sessions.find((it) => it.access === hash);
      return session ? { account: present(session.account), isExpired: session.endsAt <= Date.now() } : null;
    },
    find: (id) => (accounts.has(id) ? present(id) : null),
    findByHandle(handle) {
      const found = byHandle(handle);
      return found ? present(found.id) : null;
    },
    list: () => [...accounts.keys()].map(present),
    expire: (account) => write({ act: 'expire', account }),
    revoke: (account) => write({ act: 'revoke', account }),
    setReadLag: (account, readLagMs) => write({ act: 'read-lag', account, readLagMs }),
    close: () => journal.close(),
  };

  function write(line: Line extends infer One ? (One extends Line ? Omit<One, 'at'> : never) : never): void {
    const whole = { ...line, at: new Date().toISOString() } as Line;
    journal.append(whole);
    apply(whole);
  }

  function apply(line: Line): void {
    switch (line.act) {
      case 'account': {
        const { act: _act, at: _at, ...account } = line;
        accounts.set(account.id, account);
        return;
      }
      case 'tokens': {
        const { account, access, refresh, endsAt, refreshEndsAt, instead } = line;
        sessions = sessions.filter((it) => it.refresh !== instead);
        sessions.push({ account, access, refresh, endsAt, refreshEndsAt });
        return;
      }
      case 'expire':
        sessions = sessions.map((it) => (it.account === line.account ? { ...it, endsAt: 0 } : it));
        return;
      case 'revoke':
        sessions = sessions.filter((it) => it.account !== line.account);
        return;
      case 'read-lag': {
        const account = accounts.get(line.account);
        if (account) account.readLagMs = line.readLagMs;
      }
    }
  }

  function issue(id: string, older: Session | null): Tokens {
    const { accessLifeMs, signInLifeMs, rotates, repeatsEnd } = present(id);
    const now = Date.now();
    const accessToken = `pa_${randomUUID()}${randomBytes(8).toString('hex')}`;
    const isNew = older === null || rotates;
    const refreshToken = isNew ? `pr_${randomUUID()}${randomBytes(8).toString('hex')}` : null;
    const refresh = refreshToken === null ? (older?.refresh ?? '') : fingerprint(refreshToken);
    const refreshEndsAt = older ? older.refreshEndsAt : signInLifeMs === null ? null : now + signInLifeMs;
    const tokens = { account: id, access: fingerprint(accessToken), refresh, refreshEndsAt };
    write({ act: 'tokens', ...tokens, endsAt: now + accessLifeMs, instead: older?.refresh ?? null });
    return {
      accessToken,
      ...(refreshToken === null ? {} : { refreshToken }),
      expiresIn: accessLifeMs / 1_000,
      ...(older === null || repeatsEnd
        ? { endsIn: refreshEndsAt === null ? null : Math.max(0, refreshEndsAt - now) / 1_000 }
        : {}),
    };
  }

  function byHandle(handle: string) {
    return [...accounts.values()].find((it) => it.handle === handle);
  }

  function byRefresh(token: string): Session | undefined {
    const hash = fingerprint(token);
    return sessions.find((it) => it.refresh === hash);
  }

  function present(id: string): Account {
    const found = accounts.get(id);
    if (!found) throw new Error(`No account ${id}`);
    const { salt: _salt, password: _password, ...account } = found;
    return account;
  }
}

const fingerprint = (token: string): string => createHash('sha256').update(token).digest('hex');
const hashOf = (password: string, salt: string): string => scryptSync(password, salt, 32, { N: 4_096 }).toString('hex');
const isSame = (a: string, b: string): boolean => timingSafeEqual(Buffer.from(a), Buffer.from(b));
