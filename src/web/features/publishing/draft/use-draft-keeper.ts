import { useEffect, useState, useSyncExternalStore } from 'react';
import type { Post } from '#contract/posts.ts';
import { client } from '../../../lib/api.ts';
import { readFailure } from '../../../lib/failure.ts';
import { makeKey } from '../../../lib/idempotency.ts';
import { createDraftKeeper, type DraftKeeper, type KeeperState, type SaveAnswer } from './draft-keeper.ts';
import { openShelf } from './draft-shelf.ts';
import { type PostDraft, shapeDraft } from './post-draft.ts';

const pauseMs = 900;

/** Keeps one post while its screen is open. `post` and `begin` are read once. */
export function useDraftKeeper(options: { workspaceId: string; post: Post | null; begin: PostDraft }): {
  keeper: DraftKeeper;
  state: KeeperState;
} {
  const [keeper] = useState(() => openKeeper(options));
  const state = useSyncExternalStore(keeper.subscribe, keeper.get);
  useEffect(() => {
    const back = () => {
      if (keeper.get().status === 'unreachable') void keeper.flush();
    };
    window.addEventListener('online', back);
    return () => {
      window.removeEventListener('online', back);
      const { status } = keeper.get();
      if (status === 'changed' && isDraft(options.post)) void keeper.flush();
      else keeper.stop();
    };
  }, [keeper, options.post]);
  return { keeper, state };
}

/** May it be saved while one is still writing? A post that is scheduled could go out half-changed. */
const isDraft = (post: Post | null): boolean => post === null || post.state === 'draft';

function openKeeper({ workspaceId, post, begin }: { workspaceId: string; post: Post | null; begin: PostDraft }) {
  // The shelf is read while the keeper is being made: there is no keeper to ask yet.
  let keeper: DraftKeeper | null = null;
  const made = createDraftKeeper({
    post,
    begin,
    delayMs: isDraft(post) ? pauseMs : null,
    makeKey,
    shelf: openShelf(workspaceId, () => post?.id ?? keeper?.get().postId ?? null),
    port: {
      create: (draft, key) =>
        ask(() => client.posts.create({ workspaceId, ...shapeDraft(draft) }, { context: { key } })),
      update: (postId, revision, draft) =>
        ask(() => client.posts.update({ workspaceId, postId, revision, ...shapeDraft(draft) })),
    },
  });
  keeper = made;
  return made;
}

async function ask(call: () => Promise<Post>): Promise<SaveAnswer> {
  try {
    return { kind: 'saved', post: await call() };
  } catch (error) {
    const failure = readFailure(error);
    if (failure.kind === 'refused' && failure.code === 'edited-meanwhile' && failure.current) {
      return { kind: 'conflict', current: failure.current as Post };
    }
    const isPassing = failure.kind === 'unreachable' || failure.kind === 'broken';
    return { kind: isPassing ? 'unreachable' : 'refused', error };
  }
}
