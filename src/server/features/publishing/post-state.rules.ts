import type { DeliveryState } from '#contract/deliveries.ts';
import type { PostState } from '#contract/posts.ts';

/**
 * The part at which a delivery stands: its first one that is not published. Where something is public, parts that were
 * cancelled behind it do not count; null when all that counts is published.
 */
export function currentPart<P extends { position: number; state: DeliveryState }>(parts: readonly P[]): P | null {
  const inOrder = [...parts].sort((a, b) => a.position - b.position);
  const isOut = inOrder.some((part) => part.state === 'published');
  return inOrder.find((part) => part.state !== 'published' && !(isOut && part.state === 'cancelled')) ?? null;
}

/** A delivery's state is that of the part at which it stands; all published is published. */
export function stateOfParts(parts: readonly { position: number; state: DeliveryState }[]): DeliveryState {
  return currentPart(parts)?.state ?? 'published';
}

/**
 * What a post's deliveries make of the post: what needs a person comes first, then what is moving, then what is done.
 * A post without deliveries, or with cancelled ones only, is a draft.
 */
export function stateOfPost(deliveries: readonly DeliveryState[]): PostState {
  const live = deliveries.filter((state) => state !== 'cancelled');
  if (live.length === 0) return 'draft';
  const has = (...states: DeliveryState[]) => live.some((state) => states.includes(state));
  if (has('unconfirmed')) return 'unconfirmed';
  if (has('claimed', 'armed', 'processing')) return 'publishing';
  if (live.every((state) => state === 'published')) return 'published';
  if (has('published')) return 'partly-published';
  if (has('failed')) return 'failed';
  if (has('held')) return 'held';
  return 'scheduled';
}
