import type { House } from '#server/platform/context/index.ts';
import type { JobDefinition } from '#server/platform/jobs/index.ts';
import { StorageAway } from '#server/platform/storage/index.ts';
import { type MediumFile, type MediumPlace, mediumKey } from './medium-files.ts';

type Files = MediumPlace & { files: MediumFile[] };

/** Deletes files that could not be deleted at once; tried for a day. */
export const forgetFilesJob: JobDefinition<Files> = {
  name: 'media.forget-files',
  retryLimit: 20,
  run: ({ house }, files) => deleteFiles(house, files),
};

/** Deletes files of a medium that is gone; while their place is away, a job does it later. */
export async function forgetFiles(house: House, files: Files): Promise<void> {
  try {
    await deleteFiles(house, files);
  } catch (error) {
    if (!(error instanceof StorageAway)) throw error;
    house.log.warn({ err: error, mediumId: files.mediumId }, 'files are deleted when their place can be used again');
    const startAfter = new Date(Date.now() + 60_000);
    await house.db.outside((tx) => house.jobs.enqueue(tx, forgetFilesJob, files, { startAfter }));
  }
}

async function deleteFiles({ storage }: House, { files, ...place }: Files): Promise<void> {
  for (const file of files) await storage.delete(mediumKey(place, file));
}
