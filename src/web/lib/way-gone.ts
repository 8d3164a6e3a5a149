/** How far a figure has come: a share of the way while it is under way, the bare numbers once it has arrived. */
export type WayGone =
  | { kind: 'unknown' }
  /** `share` from 0 to just below 1, never rounded up to all of it. */
  | { kind: 'under-way'; share: number }
  | { kind: 'reached'; value: number; target: number };

/**
 * Says the way from where a goal began to its target. Beyond the target a percentage says nothing more: 103 of 100 does.
 * Going back beyond the beginning counts as nothing gone.
 */
export function wayGone({
  share,
  value,
  target,
}: {
  share: number | null;
  value: number | null;
  target: number | null;
}): WayGone {
  if (share === null || value === null || target === null) return { kind: 'unknown' };
  if (share >= 1) return { kind: 'reached', value, target };
  return { kind: 'under-way', share: Math.max(0, Math.floor(share * 1_000) / 1_000) };
}
