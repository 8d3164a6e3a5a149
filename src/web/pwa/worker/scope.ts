/** An event that keeps the worker alive until what it began is done. */
export interface LastingEvent extends Event {
  waitUntil(work: Promise<unknown>): void;
}

export interface AskedEvent extends LastingEvent {
  readonly request: Request;
  respondWith(answer: Promise<Response> | Response): void;
}

export interface PushedEvent extends LastingEvent {
  readonly data: { json(): unknown } | null;
}

export interface PressedEvent extends LastingEvent {
  readonly notification: Notification;
}

export interface TellingEvent extends LastingEvent {
  readonly data: unknown;
}

/** An open tab. */
export interface OpenTab {
  readonly url: string;
  readonly focused: boolean;
  focus(): Promise<unknown>;
  postMessage(message: unknown): void;
}

interface Events {
  install: LastingEvent;
  activate: LastingEvent;
  fetch: AskedEvent;
  push: PushedEvent;
  notificationclick: PressedEvent;
  message: TellingEvent;
}

/**
 * What a service worker stands on, as far as it is used here. The library of types for pages and the one for workers
 * contradict each other; the sources know the one for pages.
 */
export interface WorkerScope {
  readonly location: { readonly origin: string };
  readonly registration: ServiceWorkerRegistration;
  readonly clients: {
    claim(): Promise<void>;
    matchAll(options: { type: 'window'; includeUncontrolled: boolean }): Promise<readonly OpenTab[]>;
    openWindow(url: string): Promise<unknown>;
  };
  skipWaiting(): Promise<void>;
  addEventListener<K extends keyof Events>(kind: K, listen: (event: Events[K]) => void): void;
}
