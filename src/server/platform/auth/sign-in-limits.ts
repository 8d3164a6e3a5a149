import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { Database, Tx } from '../db/index.ts';
import { type AttemptLimit, type Bucket, countAttempts, forgiveAttempts } from './count-attempts.ts';
import { placeOf } from './place-of.ts';

const QUARTER_HOUR = 900;
const HOUR = 3_600;

/** How often one may fail, or ask for something. Of passwords, those that were right are not counted. */
export const signInLimits = {
  /** Wrong passwords from one place, whoever they were for. */
  place: { attempts: 100, perSeconds: QUARTER_HOUR },
  /** Wrong passwords for one account from one place. */
  accountAtPlace: { attempts: 10, perSeconds: QUARTER_HOUR },
  /** Wrong passwords for one account from all places it was never signed in to. */
  account: { attempts: 50, perSeconds: QUARTER_HOUR },
  /** Wrong current passwords where one was to be changed. */
  passwordChange: { attempts: 10, perSeconds: QUARTER_HOUR },
  /** New accounts asked for from one place. */
  signUp: { attempts: 20, perSeconds: 1_200 },
  /** Links that were tried from one place, good ones too. */
  link: { attempts: 30, perSeconds: QUARTER_HOUR },
  /** Mails to one address that somebody asked for. */
  mailTo: { attempts: 5, perSeconds: HOUR },
  /** Mails asked for from one place. */
  mailFrom: { attempts: 20, perSeconds: HOUR },
} as const satisfies Record<string, AttemptLimit>;

/** An e-mail as limits know it: they keep no addresses of people who have no account. */
const accountOf = (email: string): string => createHash('sha256').update(email.toLowerCase()).digest('hex');

/**
 * Counts an attempt to sign in before the password is looked at, so that many at once cannot slip through. Returns the
 * buckets it was counted in.
 */
export async function countSignIn(db: Database, email: string, address: string): Promise<string[]> {
  const keys = signInKeys(email, address);
  return db.outside(async (tx) => {
    const known = await isKnownPlace(tx, email, address);
    const buckets: Bucket[] = [
      { key: keys.place, limit: signInLimits.place },
      { key: keys.accountAtPlace, limit: signInLimits.accountAtPlace },
    ];
    // Where its owner has signed in before, strangers elsewhere cannot lock them out.
    if (!known) buckets.push({ key: keys.account, limit: signInLimits.account });
    await countAttempts(tx, buckets);
    return buckets.map(({ key }) => key);
  });
}

/** Takes the attempt back after the right password, and knows the place from now on. */
export async function welcomeSignIn(
  tx: Tx,
  { email, address, counted }: { email: string; address: string; counted: readonly string[] },
): Promise<void> {
  await forgiveAttempts(tx, { keys: counted, wholly: [signInKeys(email, address).accountAtPlace] });
  await rememberPlace(tx, email, address);
}

/** Opens what guesses have locked, for whoever has proved to read the account's mail. */
export async function unlockAccount(tx: Tx, email: string, address: string): Promise<void> {
  const keys = signInKeys(email, address);
  await forgiveAttempts(tx, { keys: [], wholly: [keys.accountAtPlace, keys.account] });
  await rememberPlace(tx, email, address);
}

/** The buckets of asking for a mail to this address from there. */
export const mailBuckets = (email: string, address: string): Bucket[] => [
  { key: `mail-from|${placeOf(address)}`, limit: signInLimits.mailFrom },
  { key: `mail-to|${accountOf(email)}`, limit: signInLimits.mailTo },
];

/** The bucket of one person who changes their password. */
export const passwordBucket = (personId: string): Bucket => ({
  key: `password|${personId}`,
  limit: signInLimits.passwordChange,
});

/** The bucket of one place for `what`. */
export const placeBucket = (what: 'signUp' | 'link', address: string): Bucket => ({
  key: `${what}|${placeOf(address)}`,
  limit: signInLimits[what],
});

const signInKeys = (email: string, address: string) => ({
  place: `place|${placeOf(address)}`,
  accountAtPlace: `account-at|${accountOf(email)}|${placeOf(address)}`,
  account: `account|${accountOf(email)}`,
});

async function isKnownPlace(tx: Tx, email: string, address: string): Promise<boolean> {
  const { rows } = await sql`
    SELECT FROM auth.known_place
    WHERE account = ${accountOf(email)} AND place = ${placeOf(address)} AND seen_at > clock.now() - interval '90 days'`.execute(
    tx,
  );
  return rows.length > 0;
}

async function rememberPlace(tx: Tx, email: string, address: string): Promise<void> {
  await sql`
    INSERT INTO auth.known_place (account, place, seen_at) VALUES (${accountOf(email)}, ${placeOf(address)}, clock.now())
    ON CONFLICT (account, place) DO UPDATE SET seen_at = excluded.seen_at`.execute(tx);
}

/** Forgets places that nobody has signed in from for ninety days. */
export async function dropOldPlaces(tx: Tx): Promise<void> {
  await sql`DELETE FROM auth.known_place WHERE seen_at < clock.now() - interval '90 days'`.execute(tx);
}
