import { sql } from 'kysely';
import type { Language } from '#contract/terms.ts';
import type { Tx } from '#server/platform/db/index.ts';

/** Where those who run the installation are reached. */
export async function listOperators(tx: Tx): Promise<{ email: string; language: Language }[]> {
  const { rows } = await sql<{ email: string; language: Language }>`
    SELECT a.email, p.language FROM person p JOIN auth.account_holder a ON a.id = p.id
    WHERE p.is_operator ORDER BY a.email`.execute(tx);
  return rows;
}
