import { useSyncExternalStore } from 'react';

/** What can be laid over any screen by a key. */
export type Overlay = 'palette' | 'shortcuts';

let open: Overlay | null = null;
const listeners = new Set<() => void>();

/** Lays one over the screen, in place of another one; null takes it away. */
export function showOverlay(overlay: Overlay | null): void {
  open = overlay;
  for (const listener of listeners) listener();
}

/** Takes this one away, if it is the one that lies there. */
export function hideOverlay(overlay: Overlay): void {
  if (open === overlay) showOverlay(null);
}

/** Lays it over the screen, or takes it away when it lies there. */
export const toggleOverlay = (overlay: Overlay): void => showOverlay(open === overlay ? null : overlay);

/** What lies over the screen. */
export const useOverlay = (): Overlay | null => useSyncExternalStore(subscribe, () => open);

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
