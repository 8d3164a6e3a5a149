import type { Manifest } from '#connectors/kit/manifest.ts';
import type { PictureLimits } from './picture.rules.ts';

/** What a network takes of pictures, as the renderer wants it: the one reading that preview and sender share. */
export function pictureLimitsOf({ maxBytes, maxEdge, mimes, moving }: NonNullable<Manifest['images']>): PictureLimits {
  return { maxBytes, maxEdge, mimes, ...(moving ? { moving } : {}) };
}
