import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import type { Share } from './share-store.ts';

/** An answer of the server, kept for reading without it. */
export interface KeptAnswer {
  /** Person, workspace, operation and question in one. */
  key: string;
  personId: string;
  /** Empty for what is of no workspace. */
  workspaceId: string;
  answer: unknown;
  /** When the server gave it, in milliseconds since 1970. */
  at: number;
  /** How long it is, written out. */
  size: number;
}

interface Layout extends DBSchema {
  answers: { key: string; value: KeptAnswer; indexes: { at: number } };
  shares: { key: string; value: Share };
}

export type DeviceStore = IDBPDatabase<Layout>;

const name = 'goalpost';
let opened: Promise<DeviceStore> | null = null;

/** The database of this browser: what was read, and what was shared. One connection for each page or worker. */
export function openDeviceStore(): Promise<DeviceStore> {
  opened ??= openDB<Layout>(name, 1, {
    upgrade(store) {
      store.createObjectStore('answers', { keyPath: 'key' }).createIndex('at', 'at');
      store.createObjectStore('shares', { keyPath: 'id' });
    },
    // Another tab wants to remove or raise it.
    blocking: (_from, _to, event) => {
      (event.target as IDBDatabase).close();
      opened = null;
    },
    terminated: () => {
      opened = null;
    },
  }).catch((error: unknown) => {
    opened = null;
    throw error;
  });
  return opened;
}
