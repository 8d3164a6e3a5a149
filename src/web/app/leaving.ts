import { useSyncExternalStore } from 'react';

/** Someone wants to sign out while words are on this device only. */
interface Leaving {
  count: number;
  leave: () => Promise<void>;
}

let asked: Leaving | null = null;
const listeners = new Set<() => void>();

/** Asks before words are lost; null: the question is answered. */
export function askLeaving(leaving: Leaving | null): void {
  asked = leaving;
  for (const listen of listeners) listen();
}

/** The question that is open now. */
export const useLeaving = (): Leaving | null =>
  useSyncExternalStore(
    (listen) => {
      listeners.add(listen);
      return () => listeners.delete(listen);
    },
    () => asked,
  );
