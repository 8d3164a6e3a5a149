/** Asks the database one question; both `pg` and Kysely can be wrapped into it. */
export type Ask = (text: string) => Promise<{ rows: Record<string, unknown>[] }>;

/** Asked anew only in a new process: rights on these functions change about never, and every round of a worker asks. */
let question: string | null = null;

/**
 * Identifies the history of the database: another one after a restore or a fail-over. Null when it cannot be known,
 * because the server's owner keeps both of its signs to himself; then a new history goes unnoticed.
 *
 * It is the cluster's identifier and its timeline. The first alone misses a promoted standby, the second alone a
 * restore into another cluster; `-` stands for one that may not be read.
 */
export async function readHistory(ask: Ask): Promise<string | null> {
  question ??= await findQuestion(ask);
  const { rows } = await ask(question);
  const history = rows[0]?.['history'];
  return typeof history === 'string' && history !== UNKNOWN ? history : null;
}

const UNKNOWN = '-:-';

async function findQuestion(ask: Ask): Promise<string> {
  const { rows } = await ask(`SELECT has_function_privilege('pg_control_system()', 'EXECUTE') AS system,
    has_function_privilege('pg_walfile_name(pg_lsn)', 'EXECUTE')
      AND has_function_privilege('pg_current_wal_lsn()', 'EXECUTE') AS timeline`);
  const may = rows[0] ?? {};
  const system = may['system'] ? '(SELECT system_identifier::text FROM pg_control_system())' : `'-'`;
  const timeline = may['timeline'] ? 'substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8)' : `'-'`;
  return `SELECT ${system} || ':' || ${timeline} AS history`;
}
