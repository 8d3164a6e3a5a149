import { sql } from 'kysely';
import type { Scope } from '#contract/api-keys.ts';
import type { Database, Tx } from '#server/platform/db/index.ts';

export interface ApiKeyRow {
  id: string;
  name: string;
  begins: string;
  scopes: Scope[];
  createdBy: string;
  createdAt: Date;
  expiresAt: Date | null;
  lastUsedAt: Date | null;
  revokedAt: Date | null;
}

const columns = sql`id, name, begins, scopes, created_by AS "createdBy", created_at AS "createdAt",
  expires_at AS "expiresAt", last_used_at AS "lastUsedAt", revoked_at AS "revokedAt"`;

/** Keeps a new key and enters its secret's hash in the directory. */
export async function insertApiKey(
  tx: Tx,
  key: Pick<ApiKeyRow, 'id' | 'name' | 'begins' | 'scopes' | 'createdBy'> & {
    workspaceId: string;
    secretHash: string;
    days: number | null;
  },
): Promise<ApiKeyRow> {
  const { rows } = await sql<ApiKeyRow>`
    INSERT INTO api_key (workspace_id, id, name, begins, scopes, created_by, expires_at)
    VALUES (${key.workspaceId}, ${key.id}, ${key.name}, ${key.begins}, ${sql.val(key.scopes)}::text[], ${key.createdBy},
      clock.now() + make_interval(days => ${key.days}::int))
    RETURNING ${columns}`.execute(tx);
  await sql`INSERT INTO directory_api_key (secret_hash, workspace_id, key_id)
    VALUES (${key.secretHash}, ${key.workspaceId}, ${key.id})`.execute(tx);
  const [row] = rows;
  if (!row) throw new Error('The key was not kept.');
  return row;
}

/** Keys, the newest first, after a place in that order; `limit` and one more. */
export async function listApiKeyRows(
  tx: Tx,
  { after, limit }: { after: readonly [Date, string] | null; limit: number },
): Promise<ApiKeyRow[]> {
  const [at, id] = after ?? [null, null];
  const { rows } = await sql<ApiKeyRow>`SELECT ${columns} FROM api_key
    WHERE ${at}::timestamptz IS NULL OR (created_at, id) < (${at}::timestamptz, ${id}::uuid)
    ORDER BY created_at DESC, id DESC LIMIT ${limit + 1}`.execute(tx);
  return rows;
}

/** Ends a key; one that has ended keeps the time of its end. Null when there is none. */
export async function endApiKey(tx: Tx, id: string): Promise<ApiKeyRow | null> {
  const { rows } = await sql<ApiKeyRow>`UPDATE api_key SET revoked_at = coalesce(revoked_at, clock.now())
    WHERE id = ${id} RETURNING ${columns}`.execute(tx);
  return rows[0] ?? null;
}

/** Ends every key that this person made. */
export async function endApiKeysOf(tx: Tx, personId: string): Promise<void> {
  await sql`UPDATE api_key SET revoked_at = clock.now()
    WHERE created_by = ${personId} AND revoked_at IS NULL`.execute(tx);
}

/** Where the key of a secret is, whatever has become of it. */
export async function findKeyPlace(
  db: Database,
  secretHash: string,
): Promise<{ workspaceId: string; keyId: string } | null> {
  return db.across(async (tx) => {
    const { rows } = await sql<{ workspaceId: string; keyId: string }>`
      SELECT workspace_id AS "workspaceId", key_id AS "keyId" FROM directory_api_key
      WHERE secret_hash = ${secretHash}`.execute(tx);
    return rows[0] ?? null;
  });
}

/** A key that may be used now, and whether its last use was noted more than a minute ago; else null. */
export async function findUsableKey(
  tx: Tx,
  id: string,
): Promise<(Pick<ApiKeyRow, 'createdBy' | 'scopes'> & { isUseDue: boolean }) | null> {
  const { rows } = await sql<{ createdBy: string; scopes: Scope[]; isUseDue: boolean }>`
    SELECT created_by AS "createdBy", scopes,
      coalesce(last_used_at <= clock.now() - interval '1 minute', true) AS "isUseDue"
    FROM api_key WHERE id = ${id} AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > clock.now())`.execute(
    tx,
  );
  return rows[0] ?? null;
}

export async function noteKeyUse(tx: Tx, id: string): Promise<void> {
  await sql`UPDATE api_key SET last_used_at = clock.now() WHERE id = ${id}`.execute(tx);
}
