import type { ApiKey } from '#contract/api-keys.ts';
import type { ApiKeyId, PersonId } from '#contract/ids.ts';
import type { ApiKeyRow } from './api-key-store.ts';

/** A key as it goes to the wire. */
export const presentApiKey = (row: ApiKeyRow): ApiKey => ({
  id: row.id as ApiKeyId,
  name: row.name,
  begins: row.begins,
  scopes: row.scopes,
  createdById: row.createdBy as PersonId,
  createdAt: row.createdAt.toISOString(),
  expiresAt: row.expiresAt?.toISOString() ?? null,
  lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
  revokedAt: row.revokedAt?.toISOString() ?? null,
});
