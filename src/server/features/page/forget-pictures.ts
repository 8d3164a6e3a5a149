import type { House, JobDefinition } from '#server/platform/context/index.ts';
import type { Tx } from '#server/platform/db/index.ts';
import { findPicturesInUse } from './entry-store.ts';
import { findPlaceById } from './page-store.ts';
import { forgetPicture } from './pictures.ts';

interface Unused {
  pageId: string;
  pictures: string[];
}

/** Deletes pictures that the page has ceased to show, except those that it shows again; tried for days. */
export const forgetPicturesJob: JobDefinition<Unused> = {
  name: 'page.forget-pictures',
  retryLimit: 20,
  async run({ house }, { pageId, pictures }) {
    const place = await findPlaceById(house.db, pageId);
    const used = place
      ? await house.db.inWorkspace(place.workspaceId, (tx) => findPicturesInUse(tx, pageId, pictures))
      : new Set<string>();
    for (const picture of pictures) if (!used.has(picture)) await forgetPicture(house.storage, picture);
  },
};

/**
 * Promises in the transaction that took pictures off the page that they will be deleted: what goes wrong afterwards
 * leaves none of them public. `forgetNow` after it spares the wait.
 */
export async function promiseToForget({ jobs }: Pick<House, 'jobs'>, tx: Tx, unused: Unused): Promise<void> {
  if (unused.pictures.length > 0) await jobs.enqueue(tx, forgetPicturesJob, unused);
}

/** Deletes what was promised; what cannot be deleted now is left to the job. */
export async function forgetNow(
  { storage, log }: Pick<House, 'storage' | 'log'>,
  pictures: readonly string[],
): Promise<void> {
  try {
    for (const picture of pictures) await forgetPicture(storage, picture);
  } catch (error) {
    log.warn({ err: error }, 'pictures taken off a page are deleted when their place can be used again');
  }
}
