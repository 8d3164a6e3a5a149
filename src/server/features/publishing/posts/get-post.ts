import type { z } from 'zod';
import type { Post, posts } from '#contract/posts.ts';
import { type House, refuse, type Verb } from '#server/platform/context/index.ts';
import type { Tx } from '#server/platform/db/index.ts';
import { findPost } from '../post-store.ts';
import { presentPosts } from '../present-post.ts';

export const getPost: Verb<typeof posts.get> = async (context, { postId }) =>
  context.inWorkspace((tx) => presentOnePost(context.house, tx, postId));

/** The post as it goes to the wire, or `not-found`. */
export async function presentOnePost(house: House, tx: Tx, postId: string): Promise<z.input<typeof Post>> {
  const row = (await findPost(tx, postId)) ?? refuse('not-found');
  const [post] = await presentPosts(house, tx, [row]);
  return post ?? refuse('not-found');
}
