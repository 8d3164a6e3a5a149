export type { AccountPlace } from './account-call.ts';
export { listDoubtful } from './connection-store.ts';
export { createChannel } from './create-channel.ts';
export { findChannels, type KnownChannel, listKnownChannels, noteNextDues } from './find-channels.ts';
export { giveIntent } from './give-intent.ts';
export { hideSecrets } from './hide-secrets.ts';
export {
  type ClosedScope,
  firstOpening,
  isLimited,
  listClosedScopes,
  listWaits,
  pruneBuckets,
  returnTokens,
  type Shares,
  spendRead,
  type TokensTaken,
  takeTokens,
} from './limits/index.ts';
export { openOwnChannel } from './open-own-channel.ts';
export { renameOwnChannel } from './rename-own-channel.ts';
export { awaitRenewals } from './renew-credential.ts';
export { channelJobs } from './renewal-jobs.ts';
export { channelRoutes } from './routes.ts';
export { noteWorked, type OpenedAccount, openAccounts, withAccount } from './with-account.ts';
