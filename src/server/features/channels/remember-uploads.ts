import type { UploadMemory } from '#connectors/kit/contract.ts';
import type { House } from '#server/platform/context/index.ts';
import type { Database } from '#server/platform/db/index.ts';
import type { JobDefinition } from '#server/platform/jobs/index.ts';
import {
  findSendUpload,
  forgetOldSendUploads,
  forgetSendUpload,
  keepSendUpload,
  listOldSendUploads,
} from './send-upload-store.ts';

/** How far uploads to a channel's network came, for a day; whichever worker goes on with them. */
export function rememberUploads(db: Database, place: { workspaceId: string; channelId: string }): UploadMemory {
  const { workspaceId, channelId } = place;
  return {
    find: (key) => db.inWorkspace(workspaceId, (tx) => findSendUpload(tx, channelId, key)),
    keep: (key, state) => db.inWorkspace(workspaceId, (tx) => keepSendUpload(tx, { ...place, key, state })),
    forget: (key) => db.inWorkspace(workspaceId, (tx) => forgetSendUpload(tx, channelId, key)),
  };
}

/** Every hour: what nobody went on with for a day is forgotten. */
export const forgetUploadsJob: JobDefinition = {
  name: 'channels.forget-uploads',
  cron: '47 * * * *',
  unique: true,
  run: ({ house }) => forgetUploads(house),
};

async function forgetUploads({ db }: Pick<House, 'db'>): Promise<void> {
  for (const workspaceId of await db.across(listOldSendUploads))
    await db.inWorkspace(workspaceId, forgetOldSendUploads);
}
