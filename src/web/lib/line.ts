import { useSyncExternalStore } from 'react';

/** Whether Goalpost answers, by what asking showed: a browser's own word for it knows nothing of the server. */
let isOut = false;
let asking: Promise<boolean> | null = null;
let again: ReturnType<typeof setTimeout> | undefined;
let waitMs = 0;
const listeners = new Set<() => void>();

/** While nobody answers it is asked again by itself, ever more patiently between these: nothing else need happen here. */
const FIRST_WAIT_MS = 2_000;
const LONGEST_WAIT_MS = 20_000;

/** Tells that a call was answered, whatever the answer. */
export const noteAnswered = (): void => turn(false);

/**
 * Asks whether Goalpost answers at all, after one call got no answer: one address may be blocked, or one answer lost,
 * while everything else is well. Any answer is one, but that it is not there.
 */
export function askLine(): Promise<boolean> {
  asking ??= fetch('/api/me', { headers: { accept: 'application/json' }, cache: 'no-store' })
    .then(
      // While Goalpost starts, its door answers, or the proxy before it: what is sent then is not taken.
      ({ status }) => ![502, 503, 504].includes(status),
      () => false,
    )
    .then((answers) => {
      asking = null;
      turn(!answers);
      clearTimeout(again);
      waitMs = answers ? 0 : Math.min(LONGEST_WAIT_MS, Math.max(FIRST_WAIT_MS, waitMs * 1.5));
      if (!answers) again = setTimeout(askLine, waitMs * (0.75 + Math.random() / 2));
      return answers;
    });
  return asking;
}

/** Asks as above, after what was asked before there was reason to hope: that answer may be of the time before. */
export async function askLineAnew(): Promise<boolean> {
  await asking;
  waitMs = 0;
  return askLine();
}

/** Did nobody answer when that was asked last? */
export const isOffline = (): boolean => isOut;

/** The same for a screen. */
export const useIsOffline = (): boolean => useSyncExternalStore(onLine, isOffline);

/** Hears when answers stop coming, and when they come again. */
export function onLine(listen: () => void): () => void {
  listeners.add(listen);
  return () => listeners.delete(listen);
}

function turn(to: boolean): void {
  if (!to) clearTimeout(again);
  if (isOut === to) return;
  isOut = to;
  for (const listen of listeners) listen();
}
