import type { Config } from '../config/index.ts';
import { StartRefusal } from '../db/index.ts';
import { createDiskShelf, type MediaShelf } from './media-shelf.ts';

/** Where this installation's pictures are. Throws `StartRefusal` for a place that a backup cannot read yet. */
export function openShelf({ storage }: Pick<Config, 'storage'>): MediaShelf {
  if (storage.kind === 'disk') return createDiskShelf(storage.folder);
  throw new StartRefusal('Pictures on an S3 server are backed up there: say --without-media.');
}
