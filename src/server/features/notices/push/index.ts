export { listDevices, listPeopleWithDevices } from './device-store.ts';
export { addDevice, presentDevice, removeDevice } from './devices.ts';
export { getPushKey } from './push-key.ts';
export { type PushMessage, sendPush } from './send-push.ts';
