import { useEffect } from 'react';
import { client } from '../../lib/api.ts';

/** Why this browser takes no notices while Goalpost is closed. */
export type PushRefusal = 'unsupported' | 'denied' | 'notNow';

const kept = 'goalpost.push';

/** Whether this browser has what push needs; on an iPhone only an installed Goalpost has. */
export const canPush = (): boolean =>
  'serviceWorker' in navigator && 'PushManager' in window && 'Notification' in window;

/** Asks the browser for a subscription with the installation's key and hands it in; null when that worked. */
export async function subscribeHere(key: string, personId: string): Promise<PushRefusal | null> {
  if (!canPush()) return 'unsupported';
  const registration = await navigator.serviceWorker.getRegistration();
  if (!registration) return 'notNow';
  if ((await Notification.requestPermission()) !== 'granted') return 'denied';
  const subscription = await subscribe(registration, key);
  if (!subscription) return 'notNow';
  await handIn(subscription);
  localStorage.setItem(kept, personId);
  return null;
}

async function subscribe(registration: ServiceWorkerRegistration, key: string): Promise<PushSubscription | null> {
  const options = { userVisibleOnly: true, applicationServerKey: key };
  try {
    return await registration.pushManager.subscribe(options);
  } catch {
    // It was made with another key, of another installation at this address: it serves nobody any more.
    await (await registration.pushManager.getSubscription())?.unsubscribe();
    return registration.pushManager.subscribe(options).catch(() => null);
  }
}

async function handIn(subscription: PushSubscription): Promise<void> {
  const { endpoint, keys } = subscription.toJSON();
  const { p256dh, auth } = keys ?? {};
  if (!endpoint || !p256dh || !auth) return;
  await client.notices.addDevice({ endpoint, p256dh, auth, name: navigator.userAgent.slice(0, 300) });
}

/** Forgets that this person wanted notices here. */
export const forgetHere = (): void => localStorage.removeItem(kept);

/**
 * A browser stays a device of whoever chose that: when they sign in anew, it is handed in again, since the old entry
 * ended with its session. Once a tab.
 */
export function useKeepDevice(personId: string): void {
  useEffect(() => {
    if (localStorage.getItem(kept) !== personId || sessionStorage.getItem(kept) === personId || !canPush()) return;
    sessionStorage.setItem(kept, personId);
    void navigator.serviceWorker
      .getRegistration()
      .then((registration) => registration?.pushManager.getSubscription())
      .then((subscription) => (subscription ? handIn(subscription) : undefined))
      .catch(() => undefined);
  }, [personId]);
}
