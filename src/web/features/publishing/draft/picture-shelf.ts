import type { PictureShelf, WaitingPicture } from './picture-queue.ts';

const database = 'goalpost.pictures';
const store = 'waiting';

type Shelved = WaitingPicture & { draft: string; at: number };

/** The shelf for the pictures of one draft in this browser. Where the browser keeps nothing, it is empty. */
export function openPictureShelf(workspaceId: string, getPostId: () => string | null): PictureShelf {
  const name = () => `${workspaceId}.${getPostId() ?? 'new'}`;
  return {
    read: async () => {
      const all = await ask<Shelved[]>('readonly', (it) => it.getAll());
      return (all ?? [])
        .filter((it) => it.draft === name())
        .sort((a, b) => a.at - b.at)
        .map(({ id, place, name: called, file }) => ({ id, place, name: called, file }));
    },
    put: async (picture) => {
      order += 1;
      const kept: Shelved = { ...picture, draft: name(), at: order };
      await ask('readwrite', (it) => it.put(kept));
    },
    remove: async (id) => {
      await ask('readwrite', (it) => it.delete(id));
    },
  };
}

/** Keeps the order in which they were put there, also those put within one millisecond. */
let order = Date.now();

/** Null where the browser has no store, or forbids it, or it is full: then a picture lasts as long as the page. */
async function ask<T>(mode: IDBTransactionMode, work: (store: IDBObjectStore) => IDBRequest): Promise<T | null> {
  try {
    const db = await answerOf(openDatabase());
    try {
      return (await answerOf(work(db.transaction(store, mode).objectStore(store)))) as T;
    } finally {
      db.close();
    }
  } catch {
    return null;
  }
}

function openDatabase(): IDBOpenDBRequest {
  const request = indexedDB.open(database, 1);
  request.onupgradeneeded = () => request.result.createObjectStore(store, { keyPath: 'id' });
  return request;
}

const answerOf = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('The browser keeps nothing.'));
  });
