import { randomUUID } from 'node:crypto';
import type { posts } from '#contract/posts.ts';
import { getWorkspace } from '#server/features/team/index.ts';
import type { Verb } from '#server/platform/context/index.ts';
import { tellFact } from '#server/platform/facts/index.ts';
import { insertPost, replaceVariants } from '../post-store.ts';
import { presentOnePost } from './get-post.ts';
import { checkVariants, registerMedia, shapePost } from './shape-post.ts';

/** Begins a draft. Nothing is required: an empty one is a place to write. */
export const createPost: Verb<typeof posts.create> = async (context, { workspaceId, ...input }) =>
  context.inWorkspace(async (tx) => {
    const language = input.language ?? (await getWorkspace(tx, workspaceId)).language;
    if (input.variants) await checkVariants(context.house, tx, input.variants);
    const id = randomUUID();
    const content = input.content ?? { parts: [{ text: '', media: [], link: null }] };
    await insertPost(tx, {
      workspace_id: workspaceId,
      id,
      author_id: context.personId,
      ...(await shapePost(tx, input)),
      content,
      language,
    });
    if (input.variants) await replaceVariants(tx, { workspaceId, postId: id }, input.variants);
    await registerMedia(tx, { workspaceId, postId: id });
    await tellFact(tx, { workspaceId, kind: 'post.created', payload: { postId: id }, personId: context.personId });
    return presentOnePost(context.house, tx, id);
  });
