import { Refusal, type WorkspaceContext } from '#server/platform/context/index.ts';
import type { UploadRow } from '../tables.ts';
import { deleteUpload } from './upload-store.ts';

/** Refusals of the machine, not of the file: it may be finished later. */
const mayPass: unknown[] = ['not-now', 'video-not-now'];

/**
 * Does what may refuse the file of an upload. A file that is refused for good takes its upload with it: what nobody can
 * finish must not stand in the way of others for a day.
 */
export async function dropRefused<T>(
  { house, log }: WorkspaceContext,
  upload: UploadRow,
  work: () => T | Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!isForGood(error)) throw error;
    try {
      await house.db.inWorkspace(upload.workspace_id, (tx) => deleteUpload(tx, upload.id));
      for (const key of upload.parts) await house.storage.delete(key);
    } catch (left) {
      // What is left goes with the leftovers of the day.
      log.warn({ err: left }, 'an upload that was refused is cleared later');
    }
    throw error;
  }
}

const isForGood = (error: unknown): boolean =>
  error instanceof Refusal &&
  (error.code === 'medium-unsupported' || error.code === 'medium-too-large') &&
  !mayPass.includes(error.params['context']);
