import type { Post } from '#contract/posts.ts';
import { client } from '../../../lib/api.ts';
import { isRefused, readFailure } from '../../../lib/failure.ts';
import { isOffline } from '../../../lib/line.ts';
import type { SaveAnswer } from './draft-keeper.ts';
import { shapeDraft } from './post-draft.ts';
import type { ShelfPort } from './send-shelved.ts';

/** How a keeper reaches the posts of a workspace. */
export function openPort(workspaceId: string): ShelfPort {
  return {
    create: (draft, key) => ask(() => client.posts.create({ workspaceId, ...shapeDraft(draft) }, { context: { key } })),
    update: (postId, revision, draft) =>
      ask(() => client.posts.update({ workspaceId, postId, revision, ...shapeDraft(draft) })),
    find: async (postId) => {
      try {
        const post = await client.posts.get({ workspaceId, postId });
        // What was kept for reading is not what the server has now.
        return isOffline() ? 'unreachable' : post;
      } catch (error) {
        return isRefused(error, 'not-found') ? 'gone' : 'unreachable';
      }
    },
  };
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
