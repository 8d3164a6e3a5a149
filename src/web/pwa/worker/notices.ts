import type { OpenTab, WorkerScope } from './scope.ts';

/** What is shown, as the server sends it. */
interface PushedNotice {
  title: string;
  body: string;
  /** Where a press leads: a path of this installation. */
  url: string;
  tag: string;
  lang: string;
}

/** Shows what a push brought. The browser takes the right away from who shows nothing: so something is always shown. */
export function showNotice({ registration, location }: WorkerScope, pushed: unknown): Promise<void> {
  const { title, body, url, tag, lang } = readNotice(pushed, location.origin);
  return registration.showNotification(title, {
    body,
    lang,
    data: { url },
    icon: '/icons/icon-192.png',
    badge: '/icons/badge-96.png',
    ...(tag ? { tag } : {}),
  });
}

/** Reads a push; whatever it lacks is empty, and an address that is not of this installation is its start. */
export function readNotice(pushed: unknown, origin: string): PushedNotice {
  const found = typeof pushed === 'object' && pushed !== null ? (pushed as Record<string, unknown>) : {};
  const word = (name: string) => (typeof found[name] === 'string' ? found[name] : '');
  return {
    title: word('title') || 'Goalpost',
    body: word('body'),
    url: ownPath(word('url'), origin),
    tag: word('tag'),
    lang: word('lang'),
  };
}

/** Leads to where a notice is about: in a tab that is open, else in a new one. */
export async function followNotice(scope: WorkerScope, notification: Notification): Promise<void> {
  notification.close();
  const wish: unknown = (notification.data as { url?: unknown } | null)?.url;
  const path = ownPath(typeof wish === 'string' ? wish : '/', scope.location.origin);
  const tabs = await scope.clients.matchAll({ type: 'window', includeUncontrolled: true });
  const tab = chooseTab(tabs, scope.location.origin);
  if (!tab) return void (await scope.clients.openWindow(path));
  await tab.focus();
  tab.postMessage({ kind: 'go', path });
}

/** A tab with a screen of the interface in it, the one that is looked at before others; a public page is none. */
export function chooseTab(tabs: readonly OpenTab[], origin: string): OpenTab | undefined {
  const screens = tabs.filter(({ url }) => url.startsWith(`${origin}/w/`));
  return screens.find(({ focused }) => focused) ?? screens[0];
}

/** The path of an address of this installation; the start for any other. */
export function ownPath(address: string, origin: string): string {
  const url = URL.canParse(address, origin) ? new URL(address, origin) : null;
  return url?.origin === origin ? url.pathname + url.search + url.hash : '/';
}
