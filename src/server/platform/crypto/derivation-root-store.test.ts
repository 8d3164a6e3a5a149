import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { afterEach, describe, expect, test } from 'vitest';
import { useDatabase } from '#test/database.ts';
import { createVault, keepDerivationRoot, parseKey } from './index.ts';

const database = useDatabase();
const newKey = () => parseKey(randomBytes(32).toString('base64'));
const keep = (keys: ReturnType<typeof newKey>[], more: { fresh?: boolean; forget?: boolean } = {}) =>
  keepDerivationRoot({ ownerUrl: database.ownerUrl, keys, fresh: true, ...more });

async function read(): Promise<string> {
  const client = new pg.Client({ connectionString: database.ownerUrl });
  await client.connect();
  const { rows } = await client.query<{ sealed: string }>('SELECT sealed FROM derivation_root');
  await client.end();
  return rows.map(({ sealed }) => sealed).join();
}

afterEach(async () => {
  const client = new pg.Client({ connectionString: database.ownerUrl });
  await client.connect();
  await client.query('DELETE FROM derivation_root');
  await client.end();
});

describe('the root of what is derived', () => {
  test('is made once, by chance, and kept sealed; ten starts at once get the same one', async () => {
    const key = newKey();
    const roots = await Promise.all(Array.from({ length: 10 }, () => keep([key])));
    expect(new Set(roots.map((root) => Buffer.from(root).toString('hex'))).size).toBe(1);
    expect(roots[0]).not.toEqual(key.bytes);
    expect(await read()).toMatch(new RegExp(`^v1\\.${key.id}\\.`));
  });

  test('is the key itself where something was derived from that before, so that nothing changes', async () => {
    const key = newKey();
    const root = await keep([key], { fresh: false });
    expect(createVault({ keys: [newKey()], root }).derive('session signature')).toEqual(
      createVault({ keys: [key] }).derive('session signature'),
    );
  });

  test('is not opened, nor replaced, by a key that did not seal it', async () => {
    const key = newKey();
    const root = await keep([key]);
    await expect(keep([newKey()])).rejects.toMatchObject({ code: 'key-unknown' });
    expect(await keep([key])).toEqual(root);
  });

  test('is replaced only when its key is given up for lost', async () => {
    const [lost, made] = [newKey(), newKey()];
    const before = await keep([lost]);
    const after = await keep([made], { forget: true });
    expect(after).not.toEqual(before);
    expect(await keep([made])).toEqual(after);
    expect(await keep([made], { forget: true })).toEqual(after);
  });
});
