import type { ApiKeyId, PersonId, WorkspaceId } from '#contract/ids.ts';
import type { KeyRing } from '#server/platform/http/index.ts';
import { findKeyPlace, findUsableKey, noteKeyUse } from './api-key-store.ts';
import { hashSecret, isSecret } from './secret.ts';

/** How the http layer finds keys. Read at every call: an ended key opens nothing from the next call on. */
export const keyRing: KeyRing = {
  async find(db, secret) {
    if (!isSecret(secret)) return null;
    const place = await findKeyPlace(db, hashSecret(secret));
    if (!place) return null;
    const key = await db.inWorkspace(place.workspaceId, (tx) => findUsableKey(tx, place.keyId));
    return (
      key && {
        id: place.keyId as ApiKeyId,
        workspaceId: place.workspaceId as WorkspaceId,
        personId: key.createdBy as PersonId,
        scopes: key.scopes,
        isUseDue: key.isUseDue,
      }
    );
  },
  noteUse: (db, key) => db.inWorkspace(key.workspaceId, (tx) => noteKeyUse(tx, key.id)),
};
