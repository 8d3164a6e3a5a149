import type { Scope } from '#contract/api-keys.ts';
import type { ApiKeyId, PersonId, SessionId, WorkspaceId } from '#contract/ids.ts';
import { type Auth, findPerson, type Person } from '../auth/index.ts';
import { type House, refuse } from '../context/index.ts';
import type { Database } from '../db/index.ts';
import type { Arrival } from './find-caller.ts';

/** A key as a call brought it. */
export interface KnownKey {
  id: ApiKeyId;
  workspaceId: WorkspaceId;
  /** For whom it acts. */
  personId: PersonId;
  scopes: readonly Scope[];
  /** Its last use was noted so long ago that this one is to be noted. */
  isUseDue: boolean;
}

/** API keys, as far as calls need them. */
export interface KeyRing {
  /** The key of a secret; null when there is none, or it was revoked or has expired. */
  find(db: Database, secret: string): Promise<KnownKey | null>;
  noteUse(db: Database, key: KnownKey): Promise<void>;
}

/** Who makes a call: a person in a session, or by a key of theirs. */
export interface SignedIn {
  person: Person;
  sessionId: SessionId | null;
  key: KnownKey | null;
}

/** Whether a call brings a key. Its cookies, if it has any, say nothing then. */
export const bringsKey = (headers: Headers): boolean => bearer.test(headers.get('authorization') ?? '');

const bearer = /^bearer(?:\s|$)/i;

/**
 * Finds out who calls: by the key of `Authorization: Bearer`, or else by the session's cookie. `cookies` renew or end
 * the session. Throws `signed-out` for a key that is none or no longer one.
 */
export async function identifyCaller(
  { house, auth, keys }: { house: House; auth: Auth; keys: KeyRing },
  arrival: Arrival,
): Promise<{ caller: SignedIn | null; cookies: string[] }> {
  if (!bringsKey(arrival.headers)) {
    const { person, sessionId, cookies } = await auth.findSignedIn(arrival);
    return { caller: person && { person, sessionId, key: null }, cookies };
  }
  const secret = (arrival.headers.get('authorization') ?? '').replace(bearer, '').trim();
  const key = await keys.find(house.db, secret);
  const person = key && (await house.db.outside((tx) => findPerson(tx, key.personId)));
  if (!key || !person) refuse('signed-out');
  return { caller: { person, sessionId: null, key }, cookies: [] };
}
