import { useEffect, useState, useSyncExternalStore } from 'react';
import type { Post } from '#contract/posts.ts';
import { makeKey } from '../../../lib/idempotency.ts';
import { isOffline, onLine } from '../../../lib/line.ts';
import { createDraftKeeper, type DraftKeeper, type KeeperState } from './draft-keeper.ts';
import { openShelf, type ShelfPlace } from './draft-shelf.ts';
import { openPort } from './open-port.ts';
import type { PostDraft } from './post-draft.ts';

const pauseMs = 900;

interface UseDraftKeeper {
  place: ShelfPlace;
  /** Lets another tab, or nobody, have the place on the shelf. */
  release: () => void;
  post: Post | null;
  begin: PostDraft;
}

/** Keeps one post while its screen is open. The options are read once. */
export function useDraftKeeper(options: UseDraftKeeper): {
  keeper: DraftKeeper;
  state: KeeperState;
} {
  const [keeper] = useState(() => openKeeper(options));
  const state = useSyncExternalStore(keeper.subscribe, keeper.get);
  useEffect(() => {
    const back = () => {
      if (!isOffline() && keeper.get().status === 'unreachable') void keeper.flush();
    };
    const forget = onLine(back);
    window.addEventListener('online', back);
    return () => {
      forget();
      window.removeEventListener('online', back);
      const { status } = keeper.get();
      const last = status === 'changed' && isDraft(options.post) ? keeper.flush() : Promise.resolve(keeper.stop());
      // Until the last words have arrived, or not, nobody else may send them.
      void last.finally(options.release);
    };
  }, [keeper, options.post, options.release]);
  return { keeper, state };
}

/** May it be saved while one is still writing? A post that is scheduled could go out half-changed. */
const isDraft = (post: Post | null): boolean => post === null || post.state === 'draft';

function openKeeper({ place, post, begin }: UseDraftKeeper) {
  // The shelf is read while the keeper is being made: there is no keeper to ask yet.
  let keeper: DraftKeeper | null = null;
  const made = createDraftKeeper({
    post,
    begin,
    delayMs: isDraft(post) ? pauseMs : null,
    makeKey,
    shelf: openShelf(place, () => post?.id ?? keeper?.get().postId ?? null),
    port: openPort(place.workspaceId),
  });
  keeper = made;
  return made;
}
