import { openDeviceStore, type Share } from './device-store.ts';

export type { Share };

/** What a post can show. */
const pictureKinds = ['image/jpeg', 'image/png', 'image/webp', 'image/gif'];
const MOST_PICTURES = 10;
const MOST_BYTES = 20 * 1024 * 1024;
const LONGEST_MS = 7 * 24 * 60 * 60 * 1_000;

/** Keeps a share on this device and gives its id. Pictures beyond ten, over 20 MB or of another kind are left out. */
export async function keepShare(share: Pick<Share, 'title' | 'text' | 'link' | 'pictures'>): Promise<string> {
  const id = crypto.randomUUID();
  const pictures = share.pictures
    .filter(({ type, size }) => pictureKinds.includes(type) && size > 0 && size <= MOST_BYTES)
    .slice(0, MOST_PICTURES);
  const store = await openDeviceStore();
  await store.put('shares', { ...share, id, pictures, draft: null, at: Date.now() });
  return id;
}

/** The latest share that is meant by this; null when it became a draft, or lay here for more than a week. */
export async function findShare(isMeant: (share: Share) => boolean): Promise<Share | null> {
  const store = await openDeviceStore();
  const all = await store.getAll('shares');
  const oldest = Date.now() - LONGEST_MS;
  for (const { id, at } of all) if (at < oldest) await store.delete('shares', id);
  const meant = all.filter((it) => it.at >= oldest && isMeant(it)).sort((one, other) => other.at - one.at);
  return meant[0] ?? null;
}

/** Keeps what is left of a share: when no picture is, it is gone. */
export async function keepRest(share: Share): Promise<void> {
  const store = await openDeviceStore();
  if (share.pictures.length > 0) await store.put('shares', share);
  else await store.delete('shares', share.id);
}

/** Lets go of one share, or of all. */
export async function dropShares(id?: string): Promise<void> {
  const store = await openDeviceStore();
  if (id === undefined) await store.clear('shares');
  else await store.delete('shares', id);
}
