import i18next from 'i18next';
import { useSyncExternalStore } from 'react';

/** Looks for a new version when a tab is looked at again, at most this often; the browser looks at every load. */
const BETWEEN_LOOKS_MS = 60 * 60 * 1_000;

let waiting: ServiceWorker | null = null;
const listeners = new Set<() => void>();

/**
 * Registers the service worker, for the whole of this installation. It keeps the interface on this device, in the
 * language that is spoken, and leads to `go` when a notice is pressed. Does nothing where the browser allows no worker
 * (plain http to another machine).
 */
export async function startPwa(go: (path: string) => void): Promise<void> {
  if (!('serviceWorker' in navigator)) return;
  const { serviceWorker } = navigator;
  serviceWorker.addEventListener('message', ({ data }: MessageEvent<{ kind?: unknown; path?: unknown } | null>) => {
    if (data?.kind === 'go' && typeof data.path === 'string') go(data.path);
  });
  // Not there while developing, or not allowed by this browser: everything else works without.
  const registration = await serviceWorker.register('/sw.js', { updateViaCache: 'none' }).catch(() => null);
  if (!registration) return;
  watchVersions(registration);
  const { active } = await serviceWorker.ready;
  const speak = () => active?.postMessage({ kind: 'speak', language: i18next.language });
  speak();
  i18next.on('languageChanged', speak);
}

/** How to go over to a new version of the interface, when one is waiting. Nothing that was written is lost by it. */
export function useNewVersion(): (() => void) | null {
  const worker = useSyncExternalStore(
    (listen) => {
      listeners.add(listen);
      return () => listeners.delete(listen);
    },
    () => waiting,
  );
  return worker ? () => takeOver(worker) : null;
}

function takeOver(worker: ServiceWorker): void {
  navigator.serviceWorker.addEventListener('controllerchange', () => window.location.reload(), { once: true });
  worker.postMessage({ kind: 'take-over' });
}

function watchVersions(registration: ServiceWorkerRegistration): void {
  const notice = () => {
    // Without a controller it is the first one: nothing older is open.
    waiting = navigator.serviceWorker.controller ? registration.waiting : null;
    for (const listen of listeners) listen();
  };
  const follow = () => registration.installing?.addEventListener('statechange', notice);
  notice();
  // The browser looks at every load, and may have found one before this was listened for.
  follow();
  registration.addEventListener('updatefound', follow);
  navigator.serviceWorker.addEventListener('controllerchange', notice);
  let lookedAt = performance.now();
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'hidden' || performance.now() - lookedAt < BETWEEN_LOOKS_MS) return;
    lookedAt = performance.now();
    void registration.update().catch(() => undefined);
  });
}
