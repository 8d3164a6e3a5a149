export { getPublishingStatus, listStatusDeliveries } from './get-status.ts';
