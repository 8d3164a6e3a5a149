import type { MediumToSend } from '../kit/contract.ts';

/** A picture or a video that the page keeps for itself. */
export type KeptPicture = {
  /** Name of its file: from it and nothing else the public address is made. */
  key: string;
  width: number;
  height: number;
  alt: string;
  sizeBytes: number;
  /** Of a video: the key of its still. */
  poster?: string;
};

/** The card of a link beneath the text. */
export type EntryLink = {
  url: string;
  title: string;
  description: string;
  image: KeptPicture | null;
};

/** One part of a post as the page shows it. */
export type PageEntry = {
  /** 32 hex digits, chosen before the first attempt: the entry's identity. */
  key: string;
  /** Key of the thread's first part; null for a post, or the first part of a thread. */
  threadKey: string | null;
  /** Place in its thread, 0 for the first. */
  position: number;
  text: string;
  /** BCP 47. */
  language: string;
  media: KeptPicture[];
  link: EntryLink | null;
};

/** An entry that is there. `removed`: it was published and taken down since; it stays down. */
export interface StoredEntry {
  key: string;
  /** Full public address; parts beneath the first carry a fragment. */
  address: string;
  removed: boolean;
}

/** What was counted for one entry. Null: this part has no address of its own, its thread's first part counts. */
export interface EntryFigures {
  key: string;
  state: 'live' | 'gone';
  views: number | null;
  linkClicks: number;
}

/** The page with this id does not exist (any more). */
export class PageGone extends Error {
  override name = 'PageGone';
}

/**
 * Where the page's posts live: the house itself, which fills this port. `pageId` is the account's remote id. Every
 * method throws `PageGone` when there is no such page; any other throw is an outage.
 */
export interface PageStore {
  /** Keeps the page's own copy of a picture, or of a video with its still. Shows nothing; the same picture again is the same key. */
  keepPicture(
    pageId: string,
    picture: Pick<MediumToSend, 'mime' | 'width' | 'height' | 'alt' | 'bytes' | 'video'>,
  ): Promise<KeptPicture>;
  /**
   * Shows the entry, once: with a key that is there already nothing changes, and `same` says whether what is there
   * says the same. `beforeWrite` runs in the tick of the insert; when it throws, nothing was sent.
   */
  publish(pageId: string, entry: PageEntry, beforeWrite: () => void): Promise<StoredEntry & { same: boolean }>;
  find(pageId: string, key: string): Promise<StoredEntry | null>;
  /**
   * Makes an entry that is up say what `entry` says, at the same address and in the same place; the same words again
   * change nothing. Null when it was taken down or was never there.
   */
  correct(pageId: string, entry: PageEntry): Promise<StoredEntry | null>;
  /** Takes an entry down with its pictures; nothing happens when it is down already or was never there. */
  remove(pageId: string, key: string): Promise<void>;
  /** One for each key, in the order asked; a key that was never there is `gone`. */
  figures(pageId: string, keys: readonly string[]): Promise<EntryFigures[]>;
  /** Everything counted since the page was opened: the page and all its posts. */
  totals(pageId: string): Promise<{ views: number; linkClicks: number }>;
}
