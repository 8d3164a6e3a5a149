import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { useDatabase } from '#test/database.ts';
import { openDatabase, planKept } from './index.ts';

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

it('does not say that a transaction was done which had failed on the way', async () => {
  const swallowed = test.database.outside((tx) => sql`SELECT 1 / 0`.execute(tx).catch(() => 'all well'));
  await expect(swallowed).rejects.toThrow('rolled back');
});

it('shows no row of a workspace to the one after it on the same connection', async () => {
  const here = (workspaceId: string) =>
    test.database.inWorkspace(workspaceId, async (tx) => {
      const { rows } = await sql<{ here: string; seqscan: string }>`
        SELECT current_setting('app.workspace') AS here, current_setting('enable_seqscan') AS seqscan`.execute(tx);
      return rows[0];
    });
  await test.database.inWorkspace("it's", (tx) => sql`SELECT 1`.execute(tx), { byKeys: true });
  expect(await here('a')).toEqual({ here: 'a', seqscan: 'on' });
  const outside = await test.database.outside((tx) =>
    sql<{ here: string | null }>`SELECT nullif(current_setting('app.workspace', true), '') AS here`.execute(tx),
  );
  expect(outside.rows).toEqual([{ here: null }]);
});

it('keeps the plan of a statement that asks for it, and of no other', async () => {
  const plans = (text: ReturnType<typeof sql>) =>
    test.database.outside(async (tx) => {
      await sql`${text}`.execute(tx);
      const { rows } = await sql<{ statement: string }>`SELECT statement FROM pg_prepared_statements`.execute(tx);
      return rows.map(({ statement }) => statement);
    });
  expect(await plans(sql`SELECT ${'loaf'}::text AS bread`)).toEqual([]);
  expect(await plans(sql`${planKept}SELECT ${'loaf'}::text AS kept`)).toEqual([expect.stringContaining('AS kept')]);
  expect(await plans(sql`${planKept}SELECT ${'roll'}::text AS kept`)).toHaveLength(1);
});

it('gives a connection back outside of any transaction, also when it could not begin one', async () => {
  const stranger = openDatabase({ appUrl: test.appUrl, acrossRole: 'nobody_here', poolSize: 1 });
  try {
    await expect(stranger.across(async () => 'never')).rejects.toThrow('nobody_here');
    const { rows } = await stranger.outside((tx) => sql<{ one: number }>`SELECT 1 AS one`.execute(tx));
    expect(rows).toEqual([{ one: 1 }]);
  } finally {
    await stranger.close();
  }
});

it('keeps no plans behind a pooler that loses them', async () => {
  const ask = () =>
    test.database.outside((tx) => sql<{ bread: string }>`${planKept}SELECT 'loaf' AS bread`.execute(tx));
  await ask();
  await test.database.outside((tx) => sql`DEALLOCATE ALL`.execute(tx));
  await expect(ask()).rejects.toThrow('does not exist');
  expect((await ask()).rows).toEqual([{ bread: 'loaf' }]);
});
