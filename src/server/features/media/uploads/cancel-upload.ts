import type { uploads } from '#contract/uploads.ts';
import { refuse, type Verb } from '#server/platform/context/index.ts';
import { deleteUpload, findUpload } from './upload-store.ts';

/** Gives one's own upload up; what it became stays in the library. */
export const cancelUpload: Verb<typeof uploads.cancel> = async (context, { uploadId }) => {
  const row = await context.inWorkspace(async (tx) => {
    const found = (await findUpload(tx, uploadId, context.personId)) ?? refuse('not-found');
    await deleteUpload(tx, uploadId);
    return found;
  });
  for (const key of row.parts) await context.house.storage.delete(key);
  return {};
};
