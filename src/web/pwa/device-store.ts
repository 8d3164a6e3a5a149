import { type DBSchema, type IDBPDatabase, openDB } from 'idb';

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

/** What another app handed over, until it is a draft. */
export interface Share {
  id: string;
  title: string;
  text: string;
  link: string;
  pictures: File[];
  /** The draft that has the words already: pictures follow when there is a connection. */
  draft: { entryId: string; postId: string | null } | null;
  /** Milliseconds since 1970. */
  at: number;
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
