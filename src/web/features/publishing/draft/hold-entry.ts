const nameOf = (entryId: string): string => `goalpost.draft.${entryId}`;

/**
 * Holds a place of the shelf for this tab until the returned function is called or the tab is gone; null when another
 * tab holds it. On plain http, where browsers have no locks, it is always given.
 */
export function holdEntry(entryId: string): Promise<(() => void) | null> {
  const { locks } = navigator as { locks?: LockManager };
  if (!locks) return Promise.resolve(() => undefined);
  return new Promise((resolve, reject) => {
    locks
      .request(nameOf(entryId), { ifAvailable: true }, (lock) => {
        if (lock) return new Promise<void>((release) => resolve(() => release()));
        resolve(null);
        return undefined;
      })
      .catch(reject);
  });
}

/** The places that some tab holds now. */
export async function findHeld(): Promise<(entryId: string) => boolean> {
  const { locks } = navigator as { locks?: LockManager };
  const held = new Set((await locks?.query())?.held?.map(({ name }) => name));
  return (entryId) => held.has(nameOf(entryId));
}
