import type { Config } from '#server/platform/config/index.ts';
import { shortKey } from './address.rules.ts';

/** Path of a page, or of something below it, in letters that may stand in an address. */
export const pagePath = (address: string, below = ''): string =>
  `/p/${address}${below === '' ? '' : `/${encodeURI(below)}`}`;

/** Full public address of a page, or of something below it. */
export const pageUrl = (config: Pick<Config, 'publicUrl'>, address: string, below = ''): string =>
  `${config.publicUrl}${pagePath(address, below)}`;

/** Fragment of a part beneath the first. */
export const partAnchor = (key: string): string => `part-${shortKey(key)}`;

/** Full address of a picture, on the host that serves pictures. */
export const pictureUrl = (config: Pick<Config, 'mediaUrl'>, key: string): string =>
  `${config.mediaUrl}/p/media/${key}`;

/** A picture's address within our own pages: relative, unless pictures have a host of their own. */
export const pictureSource = (config: Pick<Config, 'mediaUrl' | 'publicUrl'>, key: string): string =>
  config.mediaUrl === config.publicUrl ? `/p/media/${key}` : pictureUrl(config, key);
