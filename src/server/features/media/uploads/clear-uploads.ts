import type { House } from '#server/platform/context/index.ts';
import type { JobDefinition } from '#server/platform/jobs/index.ts';
import { UPLOADS } from '#server/platform/storage/index.ts';
import { forgetStale, isUploadKept, listStale } from './upload-store.ts';

/** A part this young may be of an upload that is just being begun or ended. */
const ORPHAN_MS = 50 * 60 * 60_000;

/** Every hour: uploads that nobody went on with for a day go, with their parts. */
export const clearUploadsJob: JobDefinition = {
  name: 'media.clear-uploads',
  cron: '37 * * * *',
  unique: true,
  run: ({ house }) => clearUploads(house),
};

/** Also parts that no upload knows: a crash may have left them. */
export async function clearUploads({ db, storage }: House, now: Date = new Date()): Promise<void> {
  for (const workspaceId of await db.across(listStale))
    for (const key of await db.inWorkspace(workspaceId, forgetStale)) await storage.delete(key);
  const kept = new Map<string, boolean>();
  for await (const { key, changedAt } of storage.list(UPLOADS)) {
    if (now.getTime() - changedAt.getTime() <= ORPHAN_MS) continue;
    const [, workspaceId = '', uploadId = ''] = key.split('/');
    // A slow upload goes on for days, and its first parts grow old with it.
    const isKept = kept.get(uploadId) ?? (await db.inWorkspace(workspaceId, (tx) => isUploadKept(tx, uploadId)));
    kept.set(uploadId, isKept);
    if (!isKept) await storage.delete(key);
  }
}
