import { openDeviceStore } from './device-store.ts';

/** What another app handed over, until it is a draft. */
export interface Share {
  id: string;
  title: string;
  text: string;
  link: string;
  pictures: File[];
  /** Milliseconds since 1970. */
  at: number;
}

/** What a post can show. */
const pictureKinds = ['image/jpeg', 'image/png', 'image/webp', 'image/gif'];
const MOST_PICTURES = 10;
const MOST_BYTES = 20 * 1024 * 1024;
const LONGEST_MS = 7 * 24 * 60 * 60 * 1_000;

/** Keeps a share on this device and gives its id. Pictures beyond ten, over 20 MB or of another kind are left out. */
export async function keepShare(share: Omit<Share, 'id' | 'at'>): Promise<string> {
  const id = crypto.randomUUID();
  const pictures = share.pictures
    .filter(({ type, size }) => pictureKinds.includes(type) && size > 0 && size <= MOST_BYTES)
    .slice(0, MOST_PICTURES);
  const store = await openDeviceStore();
  await store.put('shares', { ...share, id, pictures, at: Date.now() });
  return id;
}

/** A share that is still kept; null when it became a draft, or lay here for more than a week. */
export async function findShare(id: string): Promise<Share | null> {
  const store = await openDeviceStore();
  for (const old of await store.getAll('shares')) {
    if (old.at < Date.now() - LONGEST_MS) await store.delete('shares', old.id);
  }
  return (await store.get('shares', id)) ?? null;
}

/** Keeps only these pictures of it; without any left, and without words, it is gone. */
export async function keepPictures(id: string, pictures: File[]): Promise<void> {
  const store = await openDeviceStore();
  const share = await store.get('shares', id);
  if (!share) return;
  if (pictures.length === 0) await store.delete('shares', id);
  else await store.put('shares', { ...share, title: '', text: '', link: '', pictures });
}
