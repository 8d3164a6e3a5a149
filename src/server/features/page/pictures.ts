import { createHash } from 'node:crypto';
import type { Storage, StoredFile } from '#server/platform/storage/index.ts';

const endings: Readonly<Record<string, string>> = {
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'image/webp': 'webp',
  'image/gif': 'gif',
  'video/mp4': 'mp4',
  'video/webm': 'webm',
};
const form = /^[0-9a-f]{64}\.(jpg|png|webp|gif|mp4|webm)$/;

const placeOf = (key: string): string => `page/${key.slice(0, 2)}/${key}`;

/**
 * Keeps the page's own copy of a picture and returns its key. The key follows from page and content: the same picture
 * again is the same file, and two pages never share one.
 */
export async function keepPicture(
  storage: Storage,
  { pageId, mime, bytes }: { pageId: string; mime: string; bytes: Uint8Array },
): Promise<string> {
  const ending = endings[mime];
  if (!ending) throw new Error(`The own page shows no ${mime}.`);
  const key = `${createHash('sha256').update(pageId).update(bytes).digest('hex')}.${ending}`;
  if (!(await storage.exists(placeOf(key)))) await storage.put(placeOf(key), bytes, { mime });
  return key;
}

/** A kept picture or video with the type its name says; null when there is none, or the name is no key of ours. */
export async function findPicture(storage: Storage, key: string): Promise<{ mime: string; file: StoredFile } | null> {
  const mime = mimeOfPicture(key);
  if (!mime) return null;
  const file = await storage.get(placeOf(key));
  return file && { mime, file };
}

/** Whether a key is that of a video. */
export const isVideoKey = (key: string): boolean => mimeOfPicture(key)?.startsWith('video/') === true;

/** The type that a key's ending says; null when it is no key of ours. */
export function mimeOfPicture(key: string): string | null {
  const ending = form.exec(key)?.[1];
  return Object.keys(endings).find((mime) => endings[mime] === ending) ?? null;
}

export const forgetPicture = (storage: Storage, key: string): Promise<void> => storage.delete(placeOf(key));
