import { makeKey } from '../../../lib/idempotency.ts';
import { findEntry, listEntries, openShelf, type ShelfEntry } from './draft-shelf.ts';
import { findHeld, holdEntry } from './hold-entry.ts';
import { openPort } from './open-port.ts';
import { movePictures } from './picture-shelf.ts';
import { sendShelved } from './send-shelved.ts';

/** Sends whatever of a person's words lies on this device and no tab is writing at. Resolves to whether anything went. */
export async function sendAll(personId: string): Promise<boolean> {
  let hasSent = false;
  for (const entry of listEntries(personId)) {
    const release = await holdEntry(entry.entryId);
    if (!release) continue;
    try {
      hasSent = (await send(entry)) || hasSent;
    } finally {
      release();
    }
  }
  return hasSent;
}

/** What lies on this device and is open in no tab. */
export async function listWaiting(personId: string): Promise<ShelfEntry[]> {
  const isHeld = await findHeld();
  return listEntries(personId).filter(({ entryId }) => !isHeld(entryId));
}

async function send(place: ShelfEntry): Promise<boolean> {
  // Another tab may have sent it since it was listed.
  const entry = findEntry(place);
  if (!entry) return false;
  let findPost = () => entry.postId;
  const lying = {
    postId: entry.postId,
    openShelf: (getPostId: () => string | null) => {
      findPost = getPostId;
      return openShelf(entry, getPostId);
    },
  };
  const isSent = await sendShelved(lying, { port: openPort(entry.workspaceId), makeKey });
  const postId = findPost();
  if (postId !== null && postId !== entry.postId) await movePictures(entry, postId);
  return isSent;
}
