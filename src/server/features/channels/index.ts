export { findChannels, type KnownChannel, noteNextDue } from './find-channels.ts';
export { openOwnChannel } from './open-own-channel.ts';
export { renameOwnChannel } from './rename-own-channel.ts';
export { channelRoutes } from './routes.ts';
export { type AccountPlace, withAccount } from './with-account.ts';
