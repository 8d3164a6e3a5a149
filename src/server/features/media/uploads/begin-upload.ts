import { randomUUID } from 'node:crypto';
import { statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import type { uploads } from '#contract/uploads.ts';
import { type House, refuse, type Verb } from '#server/platform/context/index.ts';
import { assertSize } from '../assert-takeable.ts';
import { presentUpload } from './present-upload.ts';
import { insertUpload, sumToCome, weighUploads } from './upload-store.ts';

/** Most uploads that one person has under way in a workspace, their size, and the size of everybody's. */
const MOST = 20;
const MOST_OWN_BYTES = 1024 ** 3;
const MOST_BYTES = 2 * 1024 ** 3;
/** So much stays free on the disk. */
const SPARE_BYTES = 500 * 1024 ** 2;

/**
 * Begins an upload. Refuses with `medium-too-large` what is too large for everything, with `uploads-full` when too much
 * is under way, and with `no-room` when the disk could not hold it.
 */
export const beginUpload: Verb<typeof uploads.begin> = async (context, { workspaceId, name, sizeBytes }) => {
  assertSize(sizeBytes);
  await assertRoom(context.house, sizeBytes);
  const { personId } = context;
  const row = await context.inWorkspace(async (tx) => {
    const standing = await weighUploads(tx, personId);
    const isMuch = standing.own.count >= MOST || standing.own.sizeBytes + sizeBytes > MOST_OWN_BYTES;
    if (isMuch || standing.sizeBytes + sizeBytes > MOST_BYTES) refuse('uploads-full');
    return insertUpload(tx, {
      workspace_id: workspaceId,
      id: randomUUID(),
      person_id: personId,
      name,
      size_bytes: sizeBytes,
    });
  });
  return presentUpload(row);
};

/** Its parts, and what is read and written of it when they are put together, beside what others were promised. */
async function assertRoom({ config, db }: House, sizeBytes: number): Promise<void> {
  const needed = 3 * sizeBytes + (await db.across(sumToCome)) + SPARE_BYTES;
  for (const folder of [tmpdir(), config.dataDir]) {
    const disk = await statfs(folder).catch(() => null);
    if (disk && disk.bavail * disk.bsize < needed) refuse('no-room');
  }
}
