import type { apiKeys } from '#contract/api-keys.ts';
import { cutPage, InstantAndId, readCursor, type Verb } from '#server/platform/context/index.ts';
import { listApiKeyRows } from './api-key-store.ts';
import { presentApiKey } from './present-api-key.ts';

/** Every key of the workspace, those that have ended too, the newest first. */
export const listApiKeys: Verb<typeof apiKeys.list> = async (context, { cursor, limit }) => {
  const after = readCursor(cursor, InstantAndId);
  const rows = await context.inWorkspace((tx) => listApiKeyRows(tx, { after, limit }));
  return cutPage(rows, limit, (row) => [row.createdAt, row.id], presentApiKey);
};
