import { useEffect, useState } from 'react';
import { makeKey } from '../../../lib/idempotency.ts';
import { listEntries, type ShelfPlace } from './draft-shelf.ts';
import { holdEntry } from './hold-entry.ts';

/** A place of the shelf that this tab holds. */
export interface HeldPlace {
  place: ShelfPlace;
  release: () => void;
}

/**
 * Finds the place on the shelf for a composer: where unsent words for its post lie and no other tab is writing, else a
 * new one. Null until it is found.
 */
export function useShelfPlace(
  of: { personId: string; workspaceId: string; postId: string | null },
  entryId: string | undefined,
): HeldPlace | null {
  const [held, setHeld] = useState<HeldPlace | null>(null);
  // Asked for once: the screen gets another key when it is about another post.
  const [begun] = useState({ ...of, entryId });
  useEffect(() => {
    let isOver = false;
    void takePlace(begun).then((found) => (isOver ? found.release() : setHeld(found)));
    return () => {
      isOver = true;
    };
  }, [begun]);
  return held;
}

/** A place that another tab holds is let go of after this. */
const PATIENCE_MS = 500;

async function takePlace(wish: {
  personId: string;
  workspaceId: string;
  postId: string | null;
  entryId: string | undefined;
}): Promise<HeldPlace> {
  const { personId, workspaceId, postId, entryId } = wish;
  const lying = listEntries(personId).filter((it) => it.workspaceId === workspaceId && it.postId === postId);
  const found = postId === null ? (entryId ? [entryId] : []) : lying.map((it) => it.entryId);
  for (const each of [...found, makeKey()]) {
    const release = await holdEntry(each, PATIENCE_MS);
    if (release) return { place: { personId, workspaceId, entryId: each }, release };
  }
  throw new Error('A place that nobody knows was taken.');
}
