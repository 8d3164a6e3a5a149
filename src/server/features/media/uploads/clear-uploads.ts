import type { House } from '#server/platform/context/index.ts';
import type { JobDefinition } from '#server/platform/jobs/index.ts';
import { UPLOADS } from '#server/platform/storage/index.ts';
import { forgetStale, listStale } from './upload-store.ts';

/** A part this old belongs to no upload any more: each of them is touched by its next part, or ends. */
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
  for await (const { key, changedAt } of storage.list(UPLOADS))
    if (now.getTime() - changedAt.getTime() > ORPHAN_MS) await storage.delete(key);
}
