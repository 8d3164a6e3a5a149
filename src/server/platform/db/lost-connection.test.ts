import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { useDatabase } from '#test/database.ts';

const test = useDatabase();

it('fails a transaction whose connection the server ended while it waited, and nothing else', async () => {
  const frozen = test.database.outside(async (tx) => {
    await sql`SET LOCAL idle_in_transaction_session_timeout = '50ms'`.execute(tx);
    await sleep(400);
    await sql`SELECT 1`.execute(tx);
  });
  await expect(frozen).rejects.toThrow();
  await expect(test.database.outside((tx) => sql`SELECT 1`.execute(tx))).resolves.toBeDefined();
});
