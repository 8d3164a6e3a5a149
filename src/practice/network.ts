import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { type Accounts, openAccounts } from './open-accounts.ts';
import { type Media, openMedia } from './open-media.ts';
import { type NewPost, openPosts, type Posts } from './open-posts.ts';
import { openUploads, type Uploads } from './open-uploads.ts';
import { type CallKind, createOrders, type Orders } from './orders.ts';

/** A call of the network's API, for whoever wants to know what was asked. */
export interface HeardCall {
  at: string;
  account: string | null;
  call: CallKind;
  /** What was answered; null: nothing. */
  status: number | null;
}

/** The whole network, without the server before it. */
export interface Network {
  accounts: Accounts;
  posts: Posts;
  media: Media;
  uploads: Uploads;
  orders: Orders;
  /** Posts of which the first of two steps was done; forgotten when the network ends. */
  containers: Map<string, { accountId: string; written: NewPost }>;
  /** The last thousand calls, oldest first. */
  calls: HeardCall[];
  /** How far its clock is from the machine's. */
  clock: { skewMs: number };
  /** By how much its calendar, by which posts and acts are dated, is turned back (negative) from the machine's. */
  calendar: { aheadMs: number };
  close(): void;
}

/** Opens the network kept in a folder, or begins it. */
export function openNetwork(folder: string): Network {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const accounts = openAccounts(path.join(folder, 'accounts.jsonl'));
  const calendar = { aheadMs: 0 };
  const posts = openPosts(folder, () => new Date(Date.now() + calendar.aheadMs));
  return {
    accounts,
    posts,
    media: openMedia(path.join(folder, 'pictures')),
    uploads: openUploads(),
    orders: createOrders(),
    containers: new Map(),
    calls: [],
    clock: { skewMs: 0 },
    calendar,
    close() {
      accounts.close();
      posts.close();
    },
  };
}
