import { createECDH } from 'node:crypto';
import { z } from 'zod';
import type { Vault } from '#server/platform/crypto/index.ts';

/** How a browser is reached, as it says itself. */
export interface Subscription {
  endpoint: string;
  /** base64url. */
  p256dh: string;
  auth: string;
}

const Subscription = z.object({ endpoint: z.string(), p256dh: z.string(), auth: z.string() });

const placeOf = (deviceId: string) => ({
  workspaceId: 'installation',
  table: 'push_device',
  column: 'sealed',
  rowId: deviceId,
});

export const sealSubscription = (vault: Vault, deviceId: string, subscription: Subscription): string =>
  vault.seal(JSON.stringify(subscription), placeOf(deviceId));

/** Null when no key opens it. */
export function openSubscription(vault: Vault, { id, sealed }: { id: string; sealed: string }): Subscription | null {
  try {
    return Subscription.parse(JSON.parse(vault.open(sealed, placeOf(id))));
  } catch {
    return null;
  }
}

/** Whether messages can be encrypted for it: a point on the curve, and sixteen bytes. */
export function isUsable({ p256dh, auth }: Pick<Subscription, 'p256dh' | 'auth'>): boolean {
  const point = Buffer.from(p256dh, 'base64url');
  if (point.byteLength !== 65 || Buffer.from(auth, 'base64url').byteLength !== 16) return false;
  const probe = createECDH('prime256v1');
  probe.generateKeys();
  try {
    probe.computeSecret(point);
    return true;
  } catch {
    return false;
  }
}
