import { findHeld, whenLetGo } from './hold-entry.ts';

interface Following {
  /** The places in which words lie. */
  list: () => readonly string[];
  /** Words still lie in a place that some tab held, and none holds it now. */
  onFree: () => void;
  /** Resolves when a page that is loaded again has had the time to take its places back. */
  rest?: () => Promise<unknown>;
}

/**
 * Follows the places that tabs hold until they let go of them: what a closed tab left is nobody's turn otherwise before
 * the connection breaks and comes back. `look` begins with the places held now that it does not follow yet.
 */
export function followHeld({ list, onFree, rest = restAWhile }: Following): {
  look: () => Promise<void>;
  stop: () => void;
} {
  const over = new AbortController();
  const followed = new Set<string>();
  const follow = async (entryId: string) => {
    do {
      if (!(await whenLetGo(entryId, over.signal))) return;
      await rest();
    } while ((await findHeld())(entryId));
    followed.delete(entryId);
    if (!over.signal.aborted && list().includes(entryId)) onFree();
  };
  return {
    look: async () => {
      const isHeld = await findHeld();
      for (const entryId of list()) {
        if (!isHeld(entryId) || followed.has(entryId)) continue;
        followed.add(entryId);
        void follow(entryId);
      }
    },
    stop: () => over.abort(),
  };
}

/** Longer than a page takes to be loaded again. */
const REST_MS = 3_000;

const restAWhile = () => new Promise((resolve) => setTimeout(resolve, REST_MS));
