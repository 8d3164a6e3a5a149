import { randomUUID } from 'node:crypto';
import type { apiKeys } from '#contract/api-keys.ts';
import { refuse, type Verb } from '#server/platform/context/index.ts';
import { holdMember } from '../member-store.ts';
import { insertApiKey } from './api-key-store.ts';
import { presentApiKey } from './present-api-key.ts';
import { beginOf, hashSecret, makeSecret } from './secret.ts';

/** Makes a key that acts for the caller in this workspace. Its secret is in the answer and nowhere else. */
export const createApiKey: Verb<typeof apiKeys.create> = async (context, { workspaceId, name, scopes, days }) => {
  const secret = makeSecret();
  const row = await context.inWorkspace(async (tx) => {
    // Held: whoever is removed at this moment leaves no key behind.
    const maker = await holdMember(tx, { workspaceId, personId: context.personId }, 'share');
    if (!maker) refuse('not-found');
    return insertApiKey(tx, {
      workspaceId,
      id: randomUUID(),
      name,
      begins: beginOf(secret),
      scopes: [...new Set(scopes)],
      createdBy: context.personId,
      secretHash: hashSecret(secret),
      days,
    });
  });
  return { key: presentApiKey(row), secret };
};
