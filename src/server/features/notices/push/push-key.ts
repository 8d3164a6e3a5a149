import { createPrivateKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import type { House } from '#server/platform/context/index.ts';
import { findPushKey, insertPushKey } from './device-store.ts';

/** The installation's key pair for push services (RFC 8292). */
export interface PushKey {
  /** 65 bytes, base64url: what browsers subscribe with. */
  publicKey: string;
  privateKey: KeyObject;
}

const place = { workspaceId: 'installation', table: 'push_key', column: 'sealed', rowId: 'key' };

/** The key, made when it is first needed and kept from then on: with another one every device would be lost. */
export async function getPushKey(house: Pick<House, 'db' | 'vault'>): Promise<PushKey> {
  const { db, vault } = house;
  const kept = await db.outside(async (tx) => {
    const found = await findPushKey(tx);
    if (found) return found;
    const made = makeKey();
    await insertPushKey(tx, { publicKey: made.publicKey, sealed: vault.seal(made.pem, place) });
    // Another process may have been quicker: what is kept is what counts.
    return (await findPushKey(tx)) ?? { publicKey: made.publicKey, sealed: vault.seal(made.pem, place) };
  });
  return { publicKey: kept.publicKey, privateKey: createPrivateKey(vault.open(kept.sealed, place)) };
}

function makeKey(): { publicKey: string; pem: string } {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
  const { x = '', y = '' } = publicKey.export({ format: 'jwk' });
  const point = Buffer.concat([Buffer.of(4), Buffer.from(x, 'base64url'), Buffer.from(y, 'base64url')]);
  return {
    publicKey: point.toString('base64url'),
    pem: privateKey.export({ format: 'pem', type: 'pkcs8' }).toString(),
  };
}

/** Half of the longest time that a push service accepts. */
const VALID_SECONDS = 12 * 60 * 60;

/**
 * The `Authorization` of a message to one push service: it says that it comes from this installation, to whom to
 * complain, and for how long that holds.
 */
export function signForService(
  key: PushKey,
  { endpoint, contact, now }: { endpoint: string; contact: string; now: Date },
): string {
  const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url');
  const exp = Math.floor(now.getTime() / 1000) + VALID_SECONDS;
  const text = `${encode({ typ: 'JWT', alg: 'ES256' })}.${encode({ aud: new URL(endpoint).origin, exp, sub: contact })}`;
  const signature = sign('sha256', Buffer.from(text), { key: key.privateKey, dsaEncoding: 'ieee-p1363' });
  return `vapid t=${text}.${signature.toString('base64url')}, k=${key.publicKey}`;
}
