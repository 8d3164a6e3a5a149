import type { DeliveryState } from '#contract/deliveries.ts';
import type { PostState } from '#contract/posts.ts';

/** A delivery's state is that of its first part that is not published; all published is published. */
export function stateOfParts(parts: readonly { position: number; state: DeliveryState }[]): DeliveryState {
  const inOrder = [...parts].sort((a, b) => a.position - b.position);
  return inOrder.find((part) => part.state !== 'published')?.state ?? 'published';
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
