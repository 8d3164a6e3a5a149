export { createDiskStorage } from './create-disk-storage.ts';
export type { Storage, StoredFile, StoredMeta } from './storage.ts';
