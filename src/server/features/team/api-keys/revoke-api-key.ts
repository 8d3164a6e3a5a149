import type { apiKeys } from '#contract/api-keys.ts';
import { refuse, type Verb } from '#server/platform/context/index.ts';
import { endApiKey } from './api-key-store.ts';
import { presentApiKey } from './present-api-key.ts';

/** Ends a key: its next call is answered `signed-out`. Ending it again changes nothing. */
export const revokeApiKey: Verb<typeof apiKeys.revoke> = (context, { apiKeyId }) =>
  context.inWorkspace(async (tx) => presentApiKey((await endApiKey(tx, apiKeyId)) ?? refuse('not-found')));
