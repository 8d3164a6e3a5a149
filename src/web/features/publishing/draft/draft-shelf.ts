import type { Shelf, Shelved } from './draft-keeper.ts';

/** Where on the shelf words lie: each composer has a place of its own, so that two tabs never write over each other. */
export interface ShelfPlace {
  personId: string;
  workspaceId: string;
  entryId: string;
}

/** Words that the server does not have yet. */
export interface ShelfEntry extends ShelfPlace, Shelved {
  /** The post they belong to; null for one that the server does not know. */
  postId: string | null;
  /** When they were written, in milliseconds since 1970. */
  at: number;
}

const start = 'goalpost.draft.';
const nameOf = ({ personId, workspaceId, entryId }: ShelfPlace): string =>
  `${start}${personId}.${workspaceId}.${entryId}`;

const listeners = new Set<() => void>();
/** How often the shelf was cleared: what was opened before writes nothing more. */
let clearings = 0;

/** A place on this browser's shelf: unsaved words survive a reload, a crash and days without a line. */
export function openShelf(place: ShelfPlace, getPostId: () => string | null): Shelf {
  const openedAt = clearings;
  return {
    read: () => findEntry(place),
    write: (shelved) => {
      if (openedAt !== clearings) return;
      try {
        const kept = { ...shelved, postId: getPostId(), at: Date.now() };
        localStorage.setItem(nameOf(place), JSON.stringify(kept));
      } catch {
        // A full or forbidden store: the server's copy remains, and the screen says when that one is behind.
      }
      tell();
    },
    clear: () => {
      localStorage.removeItem(nameOf(place));
      tell();
    },
  };
}

/** What lies in a place, or null. */
export function findEntry(place: ShelfPlace): ShelfEntry | null {
  try {
    const text = localStorage.getItem(nameOf(place));
    return text === null ? null : { ...(JSON.parse(text) as ShelfEntry), ...place };
  } catch {
    return null;
  }
}

/** All that lies here of one person, the latest first. */
export function listEntries(personId: string): ShelfEntry[] {
  return Object.keys(localStorage)
    .filter((name) => name.startsWith(`${start}${personId}.`))
    .flatMap((name) => {
      const [, workspaceId = '', entryId = ''] = name.slice(start.length).split('.');
      return findEntry({ personId, workspaceId, entryId }) ?? [];
    })
    .sort((one, other) => other.at - one.at);
}

/** Removes words that were never sent: of everybody, or of the workspaces in which a person is no member any more. */
export function clearEntries(left?: { personId: string; workspaceIds: readonly string[] }): void {
  if (!left) clearings += 1;
  for (const name of Object.keys(localStorage)) {
    if (!name.startsWith(start)) continue;
    const [personId = '', workspaceId = ''] = name.slice(start.length).split('.');
    if (!left || (personId === left.personId && !left.workspaceIds.includes(workspaceId)))
      localStorage.removeItem(name);
  }
  tell();
}

/** Hears of changes on the shelf, by this tab and others. */
export function onShelf(listen: () => void): () => void {
  const other = ({ key }: StorageEvent) => {
    if (key === null || key.startsWith(start)) listen();
  };
  listeners.add(listen);
  window.addEventListener('storage', other);
  return () => {
    listeners.delete(listen);
    window.removeEventListener('storage', other);
  };
}

function tell(): void {
  for (const listen of listeners) listen();
}
