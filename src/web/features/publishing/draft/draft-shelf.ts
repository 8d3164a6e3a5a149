import type { Shelf, Shelved } from './draft-keeper.ts';

/** The shelf for one post in this browser: unsaved words survive a reload, a crash and a day without a line. */
export function openShelf(workspaceId: string, getPostId: () => string | null): Shelf {
  const name = () => `goalpost.draft.${workspaceId}.${getPostId() ?? 'new'}`;
  return {
    read: () => {
      try {
        const text = localStorage.getItem(name());
        return text === null ? null : (JSON.parse(text) as Shelved);
      } catch {
        return null;
      }
    },
    write: (shelved) => {
      try {
        localStorage.setItem(name(), JSON.stringify(shelved));
      } catch {
        // A full or forbidden store: the server's copy remains, and the screen says when that one is behind.
      }
    },
    clear: () => localStorage.removeItem(name()),
  };
}
