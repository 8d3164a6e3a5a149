export {
  type ClosedScope,
  firstOpening,
  isLimited,
  listClosedScopes,
  listWaits,
  pruneBuckets,
  returnTokens,
  waitsUntil,
} from './bucket-store.ts';
export { heedLimits, type ToldBudget, watchBudgets } from './heed-limits.ts';
export { placeOfAccount } from './place-of-account.ts';
export { spendRead } from './spend-reads.ts';
export { type Shares, type TokensTaken, takeTokens } from './take-tokens.ts';
