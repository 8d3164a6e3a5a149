import { sql } from 'kysely';
import type { Tx } from '../db/index.ts';

/** The house's clock: the database's, the same over one transaction. What asks whether something is due asks this. */
export async function readClock(tx: Tx): Promise<Date> {
  const { rows } = await sql<{ now: Date }>`SELECT clock.now() AS now`.execute(tx);
  const now = rows[0]?.now;
  if (!now) throw new Error('the clock did not answer');
  return now;
}
