export { type PushService, type ReceivedPush, startPushService, type TestSubscription } from './start.ts';
