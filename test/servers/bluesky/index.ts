export type { PostView, StrongRef, TestAccount } from './account.ts';
export { installBluesky, isBlueskyInstalled } from './install.ts';
export { type BlueskyServer, startBluesky } from './start.ts';
