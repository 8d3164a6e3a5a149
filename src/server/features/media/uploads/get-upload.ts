import type { uploads } from '#contract/uploads.ts';
import { refuse, type Verb } from '#server/platform/context/index.ts';
import { presentUpload } from './present-upload.ts';
import { findUpload } from './upload-store.ts';

/** How far one's own upload is; somebody else's is `not-found`. */
export const getUpload: Verb<typeof uploads.get> = async (context, { uploadId }) => {
  const row = await context.inWorkspace((tx) => findUpload(tx, uploadId, context.personId));
  return presentUpload(row ?? refuse('not-found'));
};
