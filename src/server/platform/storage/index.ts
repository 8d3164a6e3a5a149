export { createDiskStorage } from './create-disk-storage.ts';
export { createMediaStorage, openPlaces, type Places, watchPlaces } from './create-media-storage.ts';
export { type MoveJournal, openMoveJournal } from './move-journal.ts';
export { type MediaMove, moveMedia } from './move-media.ts';
export { openStorageAlone } from './open-storage-alone.ts';
export { type MediaPlace, type MediaPlaces, readPlaces, writePlaces } from './place-store.ts';
export { hostOfS3 } from './s3/call-s3.ts';
export { createS3Storage } from './s3/create-s3-storage.ts';
export {
  AWAY_RETRY_SECONDS,
  type ByteRange,
  type ListedFile,
  type Storage,
  StorageAway,
  type StoredFile,
  type StoredMeta,
  UPLOADS,
} from './storage.ts';
