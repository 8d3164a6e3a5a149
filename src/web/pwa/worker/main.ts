import { followNotice, showNotice } from './notices.ts';
import { routeRequest } from './route-request.ts';
import type { WorkerScope } from './scope.ts';
import { answerAsset, answerPage, dropOldShells, keepLanguage, keepShell } from './shell-cache.ts';
import { takeShare } from './take-share.ts';

const scope = globalThis as unknown as WorkerScope;

scope.addEventListener('install', (event) => event.waitUntil(keepShell()));

// No navigation preload: what the worker leaves to the network would be asked for twice, and a press on a link of the own
// page counted twice.
scope.addEventListener('activate', (event) => event.waitUntil(Promise.all([dropOldShells(), scope.clients.claim()])));

scope.addEventListener('fetch', (event) => {
  const { method, url, mode } = event.request;
  const route = routeRequest({ method, url, mode, origin: scope.location.origin });
  if (route === 'share') event.respondWith(takeShare(event.request));
  if (route === 'page') event.respondWith(answerPage(event));
  if (route === 'asset') event.respondWith(answerAsset(event));
});

scope.addEventListener('push', (event) => event.waitUntil(showNotice(scope, readPush(event.data))));

scope.addEventListener('notificationclick', (event) => event.waitUntil(followNotice(scope, event.notification)));

scope.addEventListener('message', (event) => {
  const { kind, language } = (event.data ?? {}) as { kind?: unknown; language?: unknown };
  // A new version waits until somebody says so: tabs that are open go on with the code they have.
  if (kind === 'take-over') event.waitUntil(scope.skipWaiting());
  if (kind === 'speak' && typeof language === 'string') event.waitUntil(keepLanguage(language));
});

function readPush(data: { json(): unknown } | null): unknown {
  try {
    return data?.json();
  } catch {
    return null;
  }
}
