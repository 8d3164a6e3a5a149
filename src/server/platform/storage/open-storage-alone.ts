import type { Config } from '../config/index.ts';
import { createEgress } from '../egress/index.ts';
import { createMediaStorage, openPlaces, type Places } from './create-media-storage.ts';
import type { MediaPlaces } from './place-store.ts';
import { hostOfS3 } from './s3/call-s3.ts';
import { PIECE_BYTES } from './s3/put-in-parts.ts';
import type { Storage } from './storage.ts';

/**
 * The files for a command beside or without the server. It calls nothing but the bucket of the settings, and
 * reads in large pieces what it copies at once.
 */
export function openStorageAlone(
  { storage: source }: Pick<Config, 'storage'>,
  readCurrent: () => Promise<MediaPlaces>,
): { storage: Storage; places: Places; close(): Promise<void> } {
  const egress = createEgress({ reachesPublic: false, namedHosts: source.s3 ? [hostOfS3(source.s3)] : [] });
  const places = openPlaces(source, egress.fetch, { pieceBytes: PIECE_BYTES });
  return { storage: createMediaStorage(places, readCurrent), places, close: () => egress.close() };
}
