import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { Language } from '#contract/terms.ts';
import { refuse } from '../context/index.ts';
import type { Database, Tx } from '../db/index.ts';

export interface NewAccount {
  name: string;
  email: string;
  /** As `hashPassword` gives it. */
  passwordHash: string;
  language: Language;
  /** Whether its owner has shown that they read mail to it. */
  confirmed: boolean;
}

/**
 * Makes an account and its person. The database admits it: as the first one, or with a permit, which `work` may write
 * beforehand in the same transaction. Refuses with `registration-closed`, or `email-in-use`.
 */
export async function openAccount(
  db: Database,
  account: NewAccount,
  work: (tx: Tx, personId: string) => Promise<{ confirmed: boolean }> = async () => account,
): Promise<string> {
  const personId = randomUUID();
  try {
    await db.outside(async (tx) => {
      const { confirmed } = await work(tx, personId);
      await sql`INSERT INTO auth.account_holder (id, name, email, email_verified)
        VALUES (${personId}, ${account.name}, ${account.email.toLowerCase()}, ${confirmed})`.execute(tx);
      await sql`INSERT INTO auth.account (id, account_id, provider_id, user_id, password)
        VALUES (${randomUUID()}, ${personId}, 'credential', ${personId}, ${account.passwordHash})`.execute(tx);
      await sql`UPDATE person SET language = ${account.language} WHERE id = ${personId}`.execute(tx);
    });
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : null;
    if (code === 'GP001') refuse('registration-closed');
    if (code === '23505') refuse('email-in-use', { problems: [{ field: 'email', code: 'invalid' }] });
    throw error;
  }
  return personId;
}
