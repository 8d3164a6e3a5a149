export { cancelDelivery, confirmDeliveryLive, retryDelivery, sendDeliveryAgain } from './decide-delivery.ts';
export { getDelivery, listDeliveries } from './list-deliveries.ts';
