import { useSyncExternalStore } from 'react';

const kept = 'goalpost.rail';
const listeners = new Set<() => void>();

/** Is the rail folded to its icons? Remembered by this browser. The second thing folds or opens it. */
export function useFoldRail(): [isFolded: boolean, fold: () => void] {
  return [useSyncExternalStore(subscribe, isFolded), fold];
}

const isFolded = (): boolean => localStorage.getItem(kept) === 'folded';

function fold(): void {
  localStorage.setItem(kept, isFolded() ? 'open' : 'folded');
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
