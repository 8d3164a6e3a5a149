import type { Medium } from '#contract/media.ts';

/** Whose words a picture belongs to (a channel's id, or `base`), and in which part of them. */
export interface PicturePlace {
  words: string;
  part: number;
}

/** A picture that was chosen and is not in the library yet. */
export interface WaitingPicture {
  /** Also the key of its upload: sent again, it is the same picture. */
  id: string;
  place: PicturePlace;
  name: string;
  file: Blob;
  /** The upload in parts that it goes by, once that was begun. */
  uploadId?: string;
}

export interface SendOptions {
  signal: AbortSignal;
  /** Told how much of it has gone, from 0 to 1. */
  onShare: (share: number) => void;
  /** Told of an upload in parts that was begun: after a reload it goes on. */
  onUpload: (uploadId: string) => void;
}

/**
 * `waiting`: others go first. `sending`: `share` of it is there. `preparing`: all of it is there, the answer is not.
 * `unreachable`: no answer; tried again by itself. `refused`: will not be taken as it is, and is not kept.
 */
export interface PictureOnItsWay extends WaitingPicture {
  status: 'waiting' | 'sending' | 'preparing' | 'unreachable' | 'refused';
  share: number;
  /** What was thrown, for `unreachable` and `refused`. */
  error: unknown;
}

/** How the queue reaches the server. */
export interface PicturePort {
  /** Why a file is not worth sending; null when it is. */
  judge(file: Blob): unknown;
  /** Sends a picture and tells which share of it has gone. Rejects with what `isPassing` understands. */
  send(picture: WaitingPicture, options: SendOptions): Promise<Medium>;
  /** An upload in parts is no longer wanted. */
  giveUp(uploadId: string): void;
  /** Is it worth trying the same again later? */
  isPassing(error: unknown): boolean;
}

/** Where pictures lie until they have arrived, so that a reload loses none. */
export interface PictureShelf {
  read(): Promise<WaitingPicture[]>;
  put(picture: WaitingPicture): Promise<void>;
  remove(id: string): Promise<void>;
}

export interface PictureQueue {
  get(): readonly PictureOnItsWay[];
  subscribe(listener: () => void): () => void;
  /** Takes what lies on the shelf from before. */
  resume(): Promise<void>;
  add(place: PicturePlace, files: readonly File[]): void;
  /** Tries again now what had no answer, and the one that was refused when it is named. */
  retry(id?: string): void;
  remove(id: string): void;
  /** A part is gone: its pictures go with it, those of later parts move up. */
  dropPart(place: PicturePlace): void;
  /** Puts all of them on the shelf anew, under the name that the draft has now. */
  reshelve(): void;
  /** Gives all of them up. */
  clear(): void;
  /** Stops sending; what has not arrived stays on the shelf. */
  stop(): void;
}

/** Brings pictures to the library one after the other, in the order in which they were chosen. */
export function createPictureQueue(options: {
  port: PicturePort;
  shelf: PictureShelf;
  makeKey: () => string;
  onArrived: (place: PicturePlace, medium: Medium) => void;
}): PictureQueue {
  const { port, shelf, makeKey, onArrived } = options;
  let pictures: readonly PictureOnItsWay[] = [];
  let sending: { id: string; abort: AbortController } | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let failures = 0;
  let isStopped = false;
  const listeners = new Set<() => void>();

  const set = (next: readonly PictureOnItsWay[]) => {
    pictures = next;
    for (const listener of listeners) listener();
  };
  const patch = (id: string, part: Partial<PictureOnItsWay>) =>
    set(pictures.map((it) => (it.id === id ? { ...it, ...part } : it)));
  const begin = (it: WaitingPicture): PictureOnItsWay => ({ ...it, status: 'waiting', share: 0, error: null });
  const giveUp = (id: string) => {
    const { uploadId } = pictures.find((it) => it.id === id) ?? {};
    forget(id);
    if (uploadId !== undefined) port.giveUp(uploadId);
  };
  const forget = (id: string) => {
    if (sending?.id === id) sending.abort.abort();
    void shelf.remove(id);
    set(pictures.filter((it) => it.id !== id));
  };

  return {
    get: () => pictures,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    resume: async () => {
      isStopped = false;
      const found = await shelf.read();
      set([...found.filter((it) => !pictures.some((one) => one.id === it.id)).map(begin), ...pictures]);
      void pump();
    },
    add: (place, files) => {
      const added = files.map((file): PictureOnItsWay => {
        const error = port.judge(file);
        const picture = begin({ id: makeKey(), place, name: file.name, file });
        return error === null ? picture : { ...picture, status: 'refused', error };
      });
      for (const it of added) if (it.status === 'waiting') void shelf.put(bare(it));
      set([...pictures, ...added]);
      void pump();
    },
    retry: (id) => {
      set(pictures.map((it) => (it.status === 'unreachable' || it.id === id ? begin(it) : it)));
      void pump();
    },
    remove: (id) => {
      giveUp(id);
      void pump();
    },
    dropPart: ({ words, part }) => {
      for (const it of pictures) if (it.place.words === words && it.place.part === part) giveUp(it.id);
      set(
        pictures.map((it) =>
          it.place.words === words && it.place.part > part ? { ...it, place: { words, part: it.place.part - 1 } } : it,
        ),
      );
      for (const it of pictures) if (it.status !== 'refused') void shelf.put(bare(it));
      void pump();
    },
    reshelve: () => {
      for (const it of pictures) if (it.status !== 'refused') void shelf.put(bare(it));
    },
    clear: () => {
      for (const it of pictures) giveUp(it.id);
    },
    stop: () => {
      isStopped = true;
      clearTimeout(timer);
      sending?.abort.abort();
    },
  };

  async function pump(): Promise<void> {
    clearTimeout(timer);
    const next = pictures.find((it) => it.status === 'waiting');
    if (isStopped || sending || !next) return;
    const { id } = next;
    const abort = new AbortController();
    sending = { id, abort };
    patch(id, { status: 'sending' });
    try {
      const medium = await port.send(bare(next), {
        signal: abort.signal,
        onShare: (share) => patch(id, { share, status: share < 1 ? 'sending' : 'preparing' }),
        onUpload: (uploadId) => keepUpload(id, uploadId),
      });
      arrive(id, medium);
    } catch (error) {
      if (!abort.signal.aborted) fail(id, error);
    }
    sending = null;
    // Without a line the others would fail as well: they wait with it.
    if (!pictures.some((it) => it.status === 'unreachable')) void pump();
  }

  function keepUpload(id: string, uploadId: string): void {
    const picture = pictures.find((it) => it.id === id);
    // Taken out while the upload was being begun.
    if (!picture) {
      port.giveUp(uploadId);
      return;
    }
    patch(id, { uploadId });
    void shelf.put(bare({ ...picture, uploadId }));
  }

  function arrive(id: string, medium: Medium): void {
    failures = 0;
    // Taken out, or moved to another part, while it was on its way.
    const arrived = pictures.find((it) => it.id === id);
    if (!arrived || isStopped) return;
    onArrived(arrived.place, medium);
    forget(id);
  }

  function fail(id: string, error: unknown): void {
    if (!port.isPassing(error)) {
      const { uploadId } = pictures.find((it) => it.id === id) ?? {};
      void shelf.remove(id);
      // What came of it must not stand in the way of others; tried again, it begins anew.
      set(pictures.map((it) => (it.id === id ? { ...withoutUpload(it), status: 'refused', error } : it)));
      if (uploadId !== undefined) port.giveUp(uploadId);
      return;
    }
    patch(id, { status: 'unreachable', error });
    failures += 1;
    timer = setTimeout(
      () => {
        patch(id, { status: 'waiting', share: 0 });
        void pump();
      },
      Math.min(30_000, 1_000 * 2 ** failures),
    );
  }
}

const withoutUpload = ({ uploadId: _, ...it }: PictureOnItsWay): PictureOnItsWay => it;

const bare = ({ id, place, name, file, uploadId }: WaitingPicture): WaitingPicture => ({
  id,
  place,
  name,
  file,
  ...(uploadId === undefined ? {} : { uploadId }),
});
