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

/** Whether this e-mail may sign up: nobody has yet, or it holds a permit. */
export async function mayRegister(tx: Tx, email: string): Promise<boolean> {
  const { rows } = await sql<{ open: boolean }>`
    SELECT NOT EXISTS (SELECT FROM person)
      OR EXISTS (SELECT FROM auth.permit WHERE email = ${email.toLowerCase()} AND expires_at > now()) AS open`.execute(
    tx,
  );
  return rows[0]?.open === true;
}

/** True until the first person has signed up; from then on an address needs a permit. */
export async function isRegistrationOpen(tx: Tx): Promise<boolean> {
  const { rows } = await sql<{ open: boolean }>`SELECT NOT EXISTS (SELECT 1 FROM person) AS open`.execute(tx);
  return rows[0]?.open ?? false;
}

/** Lets one e-mail sign up although registration is closed, once, within `days`. Giving it twice prolongs it. */
export async function permitRegistration(tx: Tx, email: string, days = 14): Promise<void> {
  await sql`
    INSERT INTO auth.permit (email, expires_at) VALUES (${email.toLowerCase()}, now() + make_interval(days => ${days}))
    ON CONFLICT (email) DO UPDATE SET expires_at = excluded.expires_at`.execute(tx);
}

/** Forgets sessions that have run out. */
export async function dropExpiredSessions(tx: Tx): Promise<void> {
  await sql`DELETE FROM auth.session WHERE expires_at < now()`.execute(tx);
}
