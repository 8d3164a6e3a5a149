export { correctDelivery } from './correct-delivery.ts';
export { cancelDelivery, confirmDeliveryLive, retryDelivery, sendDeliveryAgain } from './decide-delivery.ts';
export { finishDelivery } from './finish-job.ts';
export { getDelivery, listDeliveries } from './list-deliveries.ts';
export { takeDownDelivery } from './take-down-delivery.ts';
