export { createDiskStorage } from './create-disk-storage.ts';
export { assertStorageKey, type Storage, StorageKeyError, type StoredFile, type StoredMeta } from './storage.ts';
