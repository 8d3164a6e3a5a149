import type { Post } from '#contract/posts.ts';
import { createDraftKeeper, type DraftKeeper, type KeeperPort, type Shelf } from './draft-keeper.ts';
import { beginDraft } from './post-draft.ts';

/** How words that lie on a shelf reach the server without a composer. */
export interface ShelfPort extends KeeperPort {
  /** The post as the server has it now. */
  find(postId: string): Promise<Post | 'gone' | 'unreachable'>;
}

/** Words that lie on a shelf. */
interface Lying {
  /** The post they belong to; null for one that the server does not know. */
  postId: string | null;
  /** Opens their place; what is written there goes with the post that `getPostId` names then. */
  openShelf: (getPostId: () => string | null) => Shelf;
}

/**
 * Sends what lies in one place of the shelf, merged with what the server has by now. What two people changed in
 * different ways stays on the shelf, with both texts, until someone decides; so does what belongs to a post that is not
 * a draft any more, where sending would change what is about to go out. Resolves to whether the shelf is clear.
 */
export async function sendShelved(
  { postId, openShelf }: Lying,
  { port, makeKey }: { port: ShelfPort; makeKey: () => string },
): Promise<boolean> {
  let keeper: DraftKeeper | null = null;
  let post = postId;
  const shelf = openShelf(() => keeper?.get().postId ?? post);
  const shelved = shelf.read();
  if (!shelved) return true;
  const found = postId === null ? null : await port.find(postId);
  if (found === 'unreachable') return false;
  if (found !== 'gone' && found && found.state !== 'draft') return false;
  const begin = { ...beginDraft(shelved.draft.language), serves: shelved.draft.serves };
  if (found === 'gone') {
    // Somebody removed the post while these words were on their way: they become one of their own, and nothing is lost.
    post = null;
    shelf.write({ ...shelved, base: begin, revision: null, creating: null, conflicts: [] });
  }
  keeper = createDraftKeeper({ post: found === 'gone' ? null : found, begin, port, shelf, makeKey, delayMs: null });
  const isSaved = await keeper.flush();
  keeper.stop();
  return isSaved;
}
