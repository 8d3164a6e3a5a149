import { useSyncExternalStore } from 'react';

/** Whether Goalpost answers, by what the last call showed: a browser's own word for it knows nothing of the server. */
let isOut = false;
const listeners = new Set<() => void>();

/** Tells that a call was answered, whatever the answer. */
export const noteAnswered = (): void => turn(false);

/** Tells that a call got no answer. */
export const noteUnanswered = (): void => turn(true);

/** Did the last call get no answer? */
export const isOffline = (): boolean => isOut;

/** The same for a screen. */
export const useIsOffline = (): boolean => useSyncExternalStore(onLine, isOffline);

/** Hears when answers stop coming, and when they come again. */
export function onLine(listen: () => void): () => void {
  listeners.add(listen);
  return () => listeners.delete(listen);
}

function turn(to: boolean): void {
  if (isOut === to) return;
  isOut = to;
  for (const listen of listeners) listen();
}
