export { createEgress, type Egress, type EgressOptions } from './create-egress.ts';
export type { EgressAnswer, EgressAnswered, EgressRequest } from './egress-request.ts';
export type { EgressFailed, EgressRefused } from './exchange.ts';
export { limitTime } from './limit-time.ts';
export type { EgressRefusalReason } from './refusal.ts';
