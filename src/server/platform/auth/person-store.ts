import { sql } from 'kysely';
import type { Language } from '#contract/terms.ts';
import type { Tx } from '../db/index.ts';

/** A person as sign-in knows them. */
export interface Person {
  id: string;
  name: string;
  email: string;
  language: Language;
  isOperator: boolean;
}

/** One person, or null for an id that nobody has. Works in any transaction of the app. */
export async function findPerson(tx: Tx, personId: string): Promise<Person | null> {
  const [person] = await findPeople(tx, [personId]);
  return person ?? null;
}

/** The people with these ids, in no order; unknown ids are left out. */
export async function findPeople(tx: Tx, personIds: readonly string[]): Promise<Person[]> {
  if (personIds.length === 0) return [];
  const { rows } = await sql<Person>`
    SELECT p.id, a.name, a.email, p.language, p.is_operator AS "isOperator"
    FROM person p JOIN auth.account_holder a ON a.id = p.id
    WHERE p.id = ANY (${sql.val([...personIds])}::text[])`.execute(tx);
  return rows;
}

/** The person who signs in with this e-mail, or null. */
export async function findPersonByEmail(tx: Tx, email: string): Promise<Person | null> {
  const { rows } = await sql<{ id: string }>`
    SELECT id FROM auth.account_holder WHERE email = ${email.toLowerCase()}`.execute(tx);
  const [found] = rows;
  return found ? findPerson(tx, found.id) : null;
}

/**
 * The hash of the password that goes with this e-mail, or null. With `hold` it cannot change until the transaction ends;
 * whoever changes it holds it alone.
 */
export async function findPassword(
  tx: Tx,
  email: string,
  { hold }: { hold?: keyof typeof holds } = {},
): Promise<string | null> {
  const { rows } = await sql<{ password: string | null }>`
    SELECT a.password FROM auth.account a JOIN auth.account_holder h ON h.id = a.user_id
    WHERE h.email = ${email.toLowerCase()} AND a.provider_id = 'credential'
    ${hold ? holds[hold] : sql``}`.execute(tx);
  return rows[0]?.password ?? null;
}

const holds = { share: sql`FOR SHARE OF a`, alone: sql`FOR UPDATE OF a` };

/** Gives a person another password, as `hashPassword` gives it. */
export async function setPassword(tx: Tx, personId: string, passwordHash: string): Promise<void> {
  await sql`
    UPDATE auth.account SET password = ${passwordHash}, updated_at = now()
    WHERE user_id = ${personId} AND provider_id = 'credential'`.execute(tx);
}

/** Notes that a person has shown that they read the mail to their address. */
export async function confirmAddress(tx: Tx, personId: string): Promise<void> {
  await sql`UPDATE auth.account_holder SET email_verified = true WHERE id = ${personId}`.execute(tx);
}

/** Changes what a person says of themselves; absent fields stay. */
export async function changePerson(
  tx: Tx,
  personId: string,
  change: { name?: string | undefined; language?: Language | undefined },
): Promise<void> {
  if (change.name !== undefined)
    await sql`UPDATE auth.account_holder SET name = ${change.name}, updated_at = now() WHERE id = ${personId}`.execute(
      tx,
    );
  if (change.language !== undefined)
    await sql`UPDATE person SET language = ${change.language} WHERE id = ${personId}`.execute(tx);
}
