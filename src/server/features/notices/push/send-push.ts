import { createHash } from 'node:crypto';
import { readClock } from '#server/platform/clock/index.ts';
import type { Context } from '#server/platform/context/index.ts';
import { type DeviceRow, deleteDevice, listDevices, noteTold } from './device-store.ts';
import { encryptPayload } from './encrypt-payload.ts';
import { getPushKey, type PushKey, signForService } from './push-key.ts';
import { openSubscription } from './subscription.ts';

/** What a device shows. Its service worker reads exactly these fields. */
export interface PushMessage {
  title: string;
  body: string;
  /** Where a press leads: a path of the interface. */
  url: string;
  /** A later message with the same tag takes the place of this one. */
  tag: string;
  lang: string;
}

export interface PushOptions {
  urgent: boolean;
}

/** Kept for a device that is switched off: after a day the notice is in the interface and the digest anyway. */
const TTL_SECONDS = 24 * 60 * 60;
const TIMEOUT_MS = 10_000;

/**
 * Sends one message to all of a person's devices. A device that its push service no longer knows is removed. Returns
 * whether trying again later is of use: no device took it, and one might have.
 */
export async function sendPush(
  context: Context,
  personId: string,
  message: PushMessage,
  options: PushOptions,
): Promise<{ again: boolean }> {
  const { db } = context.house;
  const devices = await db.outside((tx) => listDevices(tx, personId));
  if (devices.length === 0) return { again: false };
  const key = await getPushKey(context.house);
  const outcomes = await Promise.all(devices.map((device) => sendTo(context, device, { key, message, options })));
  await db.outside(async (tx) => {
    for (const [i, device] of devices.entries()) {
      if (outcomes[i] === 'told') await noteTold(tx, device.id);
      if (outcomes[i] === 'gone') await deleteDevice(tx, personId, device.id);
    }
  });
  return { again: !outcomes.includes('told') && outcomes.includes('later') };
}

type Outcome = 'told' | 'gone' | 'later' | 'refused';

async function sendTo(
  { house, log }: Context,
  device: DeviceRow,
  { key, message, options }: { key: PushKey; message: PushMessage; options: PushOptions },
): Promise<Outcome> {
  const subscription = openSubscription(house.vault, device);
  // No key opens it any more: the browser subscribes anew when it is used next.
  if (!subscription) return 'gone';
  const { publicUrl, mail } = house.config;
  const [, address = mail.from] = /<([^<>]+)>/.exec(mail.from) ?? [];
  const contact = publicUrl.startsWith('https:') ? publicUrl : `mailto:${address}`;
  const now = await house.db.outside(readClock);
  const answer = await house.fetch(subscription.endpoint, {
    method: 'POST',
    headers: {
      authorization: signForService(key, { endpoint: subscription.endpoint, contact, now }),
      'content-encoding': 'aes128gcm',
      'content-type': 'application/octet-stream',
      ttl: String(TTL_SECONDS),
      urgency: options.urgent ? 'high' : 'normal',
      topic: createHash('sha256').update(message.tag).digest('base64url').slice(0, 32),
    },
    body: encryptPayload(Buffer.from(JSON.stringify(message)), {
      p256dh: Buffer.from(subscription.p256dh, 'base64url'),
      auth: Buffer.from(subscription.auth, 'base64url'),
    }),
    timeoutMs: TIMEOUT_MS,
    maxBytes: 64 * 1024,
  });
  if (answer.kind === 'answered' && answer.status >= 200 && answer.status <= 299) return 'told';
  const why = answer.kind === 'answered' ? answer.status : answer.reason;
  log.warn({ deviceId: device.id, reason: why }, 'a push service did not take a notice');
  if (answer.kind === 'answered' && (answer.status === 404 || answer.status === 410)) return 'gone';
  return answer.kind === 'egress-failed' || why === 429 || (typeof why === 'number' && why >= 500)
    ? 'later'
    : 'refused';
}
