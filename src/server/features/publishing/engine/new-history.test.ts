import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { useBusiness } from '../testing.ts';
import { holdForNewHistory } from './ledger-store.ts';

const shop = useBusiness();

it('holds what is due after a restore once, also where the database keeps its identity to itself', async () => {
  const post = await shop.publish('Out already');
  const { db } = shop.server.house;
  const hold = () => db.across((tx) => holdForNewHistory(tx, null));
  expect(await hold()).toEqual([]);
  await db.across((tx) => sql`UPDATE installation SET history = 'restored:2026-11-23T10:00:00Z'`.execute(tx));
  expect(await hold()).toHaveLength(1);
  expect(await hold()).toEqual([]);
  expect(await shop.deliveryOf(post)).toMatchObject({ state: 'held', heldReason: 'new-history' });
  const { rows } = await db.across((tx) =>
    sql<{ known: boolean }>`SELECT history_at IS NOT NULL AS known FROM installation`.execute(tx),
  );
  expect(rows).toEqual([{ known: true }]);
});
