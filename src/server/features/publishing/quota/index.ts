export { judgeQuota } from './judge-quota.ts';
export { listQuotas } from './list-quotas.ts';
