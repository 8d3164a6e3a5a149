export { correctDelivery } from './correct-delivery.ts';
export { cancelDelivery, confirmDeliveryLive, retryDelivery, sendDeliveryAgain } from './decide-delivery.ts';
export { decideHeldDeliveries } from './decide-held.ts';
export { finishDelivery, goOnLater } from './finish-job.ts';
export { getDelivery, listDeliveries } from './list-deliveries.ts';
export { takeDownDelivery } from './take-down-delivery.ts';
