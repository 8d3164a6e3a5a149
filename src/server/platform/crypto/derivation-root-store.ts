import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { createVault, type SealedPlace } from './create-vault.ts';
import type { VaultKey } from './load-keys.ts';

const place: SealedPlace = {
  workspaceId: 'installation',
  table: 'derivation_root',
  column: 'sealed',
  rowId: 'root',
};

/**
 * The root that purposes are derived from, kept in the database under the key. Made at the first start; a database from
 * before there was one takes its key as the root, so that what was derived from it stays. `forget` replaces one that no
 * key opens any more: everybody signs in anew.
 *
 * `ownerUrl` is the owner's login: the app's own password is derived from the root, so it comes before the app's login.
 */
export async function keepDerivationRoot(options: {
  ownerUrl: string;
  keys: readonly VaultKey[];
  /** Nothing was kept in this database before. */
  fresh: boolean;
  forget?: boolean;
}): Promise<Uint8Array> {
  const { keys, fresh, forget = false } = options;
  const vault = createVault({ keys });
  const client = new pg.Client({ connectionString: options.ownerUrl });
  client.on('error', () => undefined);
  await client.connect();
  try {
    const [current] = keys;
    const first = fresh || !current ? randomBytes(32) : Buffer.from(current.bytes);
    const seal = (root: Buffer) => vault.seal(root.toString('base64'), place);
    await client.query('BEGIN');
    await client.query(`SELECT pg_advisory_xact_lock(hashtext('goalpost derivation root'))`);
    await client.query(`CREATE TABLE IF NOT EXISTS derivation_root (
      only_one boolean PRIMARY KEY DEFAULT true CHECK (only_one), sealed text NOT NULL)`);
    await client.query('INSERT INTO derivation_root (sealed) VALUES ($1) ON CONFLICT DO NOTHING', [seal(first)]);
    const { rows } = await client.query<{ sealed: string }>('SELECT sealed FROM derivation_root');
    let sealed = rows[0]?.sealed ?? '';
    if (forget && !keys.some(({ id }) => sealed.split('.')[1] === id)) {
      sealed = seal(randomBytes(32));
      await client.query('UPDATE derivation_root SET sealed = $1', [sealed]);
    }
    await client.query('COMMIT');
    return new Uint8Array(Buffer.from(vault.open(sealed, place), 'base64'));
  } catch (error) {
    // The owner may make no tables: what comes next says so, and how to mend it.
    if (error instanceof Error && 'code' in error && error.code === '42501') return new Uint8Array(randomBytes(32));
    throw error;
  } finally {
    await client.end().catch(() => undefined);
  }
}
