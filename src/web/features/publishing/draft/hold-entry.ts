const nameOf = (entryId: string): string => `goalpost.draft.${entryId}`;

/**
 * Holds a place of the shelf for this tab until the returned function is called or the tab is gone; null when another
 * tab still holds it after `patienceMs`: a page that is loaded again gives its places back a moment later. On plain http, where browsers have no locks, it is always given.
 */
export function holdEntry(entryId: string, patienceMs = 0): Promise<(() => void) | null> {
  const { locks } = navigator as { locks?: LockManager };
  if (!locks) return Promise.resolve(() => undefined);
  const how = patienceMs > 0 ? { signal: AbortSignal.timeout(patienceMs) } : { ifAvailable: true };
  return new Promise((resolve) => {
    locks
      .request(nameOf(entryId), how, (lock) => {
        if (lock) return new Promise<void>((release) => resolve(() => release()));
        resolve(null);
        return undefined;
      })
      // Nobody gave it back in time.
      .catch(() => resolve(null));
  });
}

/** Resolves to true as soon as no tab holds a place, or to false when `signal` ends the waiting. */
export async function whenLetGo(entryId: string, signal: AbortSignal): Promise<boolean> {
  const { locks } = navigator as { locks?: LockManager };
  if (!locks) return true;
  try {
    // Had for a moment only: whoever wants it waits longer than that.
    return await locks.request(nameOf(entryId), { signal }, () => true);
  } catch {
    return false;
  }
}

/** The places that some tab holds now. */
export async function findHeld(): Promise<(entryId: string) => boolean> {
  const { locks } = navigator as { locks?: LockManager };
  const held = new Set((await locks?.query())?.held?.map(({ name }) => name));
  return (entryId) => held.has(nameOf(entryId));
}
