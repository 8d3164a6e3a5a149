import { randomUUID } from 'node:crypto';
import type { PushDeviceId } from '#contract/ids.ts';
import type { notices, PushDevice } from '#contract/notices.ts';
import { hashToken } from '#server/platform/auth/index.ts';
import { refuse, refuseField, type Verb } from '#server/platform/context/index.ts';
import { type DeviceRow, deleteDevice, dropSurplus, findDevice, putDevice } from './device-store.ts';
import { isUsable, sealSubscription } from './subscription.ts';

/** Browsers of one person that are told; the newest stay. */
const MOST_DEVICES = 20;

/** Takes a browser in, for as long as the session lasts that it is signed in with. The same one again is as once. */
export const addDevice: Verb<typeof notices.addDevice> = async (context, { name, ...subscription }) => {
  const { house, personId, sessionId } = context;
  if (sessionId === null) refuse('key-lacks-scope');
  if (!isUsable(subscription)) refuseField('p256dh', 'malformed');
  const id = randomUUID();
  const endpointHash = hashToken(subscription.endpoint);
  const sealed = sealSubscription(house.vault, id, subscription);
  return house.db.outside(async (tx) => {
    await putDevice(tx, { id, personId, sessionId, endpointHash, sealed, name });
    await dropSurplus(tx, personId, MOST_DEVICES);
    const device = await findDevice(tx, personId, endpointHash);
    return presentDevice(device ?? refuse('not-found'), sessionId);
  });
};

/** Tells a browser nothing more. */
export const removeDevice: Verb<typeof notices.removeDevice> = async ({ house, personId }, { pushDeviceId }) => {
  if (!(await house.db.outside((tx) => deleteDevice(tx, personId, pushDeviceId)))) refuse('not-found');
  return {};
};

export const presentDevice = (device: DeviceRow, sessionId: string | null): PushDevice => ({
  id: device.id as PushDeviceId,
  name: device.name,
  current: device.sessionId === sessionId,
  addedAt: device.createdAt.toISOString(),
  toldAt: device.toldAt?.toISOString() ?? null,
});
