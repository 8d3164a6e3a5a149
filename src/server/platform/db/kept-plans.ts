import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type pg from 'pg';

const MARK = '/* plan kept */';

/**
 * Begins a statement that a connection plans once and keeps: for the few that run hundreds of times in a burst, whose
 * planning costs as much as their work. Its text must be the same every time, and it must name the columns it answers
 * with: a plan that answers with "all" fails when a newer version adds one.
 */
export const planKept = sql.raw(`${MARK} `);

/**
 * Has a connection keep the plans of statements that ask for it. Behind a pooler that gives each transaction another
 * connection, what was kept is not there, and after a change of a table it may not fit: then nothing is kept any more, and
 * the transaction that met it is tried again by whoever tries again what fails.
 */
export function keepPlans(client: pg.ClientBase): void {
  const query = client.query.bind(client) as (...args: unknown[]) => Promise<unknown>;
  const named = (text: unknown, values?: unknown, ...rest: unknown[]) => {
    if (!keeps || typeof text !== 'string' || !text.startsWith(MARK)) return query(text, values, ...rest);
    const answer = query({ name: nameOf(text), text, values }, ...rest);
    answer.catch(({ code }: { code?: string }) => {
      if (code !== undefined && notKept.has(code)) keeps = false;
    });
    return answer;
  };
  client.query = named as typeof client.query;
}

let keeps = true;
/** invalid_sql_statement_name, duplicate_prepared_statement, feature_not_supported (what it answers with has changed). */
const notKept = new Set(['26000', '42P05', '0A000']);

const names = new Map<string, string>();

function nameOf(text: string): string {
  const known = names.get(text);
  if (known) return known;
  const name = createHash('sha256').update(text).digest('hex').slice(0, 32);
  names.set(text, name);
  return name;
}
