import type { Config } from '../config/index.ts';
import { type MediaPlace, openStorageAlone } from '../storage/index.ts';
import { type MediaShelf, shelfOf } from './media-shelf.ts';

/** A shelf for a command, with connections of its own until it is closed. */
export interface OpenShelf extends MediaShelf {
  /** Where it puts what is restored. */
  place: MediaPlace;
  close(): Promise<void>;
}

/** This installation's pictures, in whichever of its places they are; what is put goes to the bucket where there is one. */
export function openShelf(config: Pick<Config, 'storage'>): OpenShelf {
  const place = config.storage.s3 ? 's3' : 'disk';
  const { storage, close } = openStorageAlone(config, async () => ({ place, movingTo: null }));
  return { ...shelfOf(storage), place, close };
}
