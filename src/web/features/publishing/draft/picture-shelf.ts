import type { ShelfPlace } from './draft-shelf.ts';
import type { PictureShelf, WaitingPicture } from './picture-queue.ts';

const database = 'goalpost.pictures';
const store = 'waiting';

type Shelved = WaitingPicture & { draft: string; at: number };

/** The shelf for the pictures of one draft in this browser. Where the browser keeps nothing, it is empty. */
export function openPictureShelf(place: ShelfPlace, getPostId: () => string | null): PictureShelf {
  const name = () => nameOf({ ...place, entryId: getPostId() ?? place.entryId });
  return {
    read: async () => {
      const all = await ask<Shelved[]>('readonly', (it) => it.getAll());
      return (all ?? [])
        .filter((it) => it.draft === name())
        .sort((a, b) => a.at - b.at)
        .map(({ draft: _, at: __, ...picture }) => picture);
    },
    put: async (picture) => {
      order += 1;
      // Put there again, it keeps its place among the others.
      const at = places.get(picture.id) ?? order;
      places.set(picture.id, at);
      const kept: Shelved = { ...picture, draft: name(), at };
      await ask('readwrite', (it) => it.put(kept));
    },
    remove: async (id) => {
      await ask('readwrite', (it) => it.delete(id));
    },
  };
}

/** The words of a place have become a post without a composer: its pictures wait for whoever opens that post. */
export async function movePictures(place: ShelfPlace, postId: string): Promise<void> {
  const all = (await ask<Shelved[]>('readonly', (it) => it.getAll())) ?? [];
  const draft = nameOf({ ...place, entryId: postId });
  for (const picture of all)
    if (picture.draft === nameOf(place)) await ask('readwrite', (it) => it.put({ ...picture, draft }));
}

/** Removes pictures that never arrived: of everybody, or of the workspaces in which a person is no member any more. */
export async function clearPictures(left?: { personId: string; workspaceIds: readonly string[] }): Promise<void> {
  const all = (await ask<Shelved[]>('readonly', (it) => it.getAll())) ?? [];
  for (const { id, draft } of all) {
    const [personId = '', workspaceId = ''] = draft.split('.');
    if (!left || (personId === left.personId && !left.workspaceIds.includes(workspaceId)))
      await ask('readwrite', (it) => it.delete(id));
  }
}

const nameOf = ({ personId, workspaceId, entryId }: ShelfPlace): string => `${personId}.${workspaceId}.${entryId}`;

const places = new Map<string, number>();
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
