import { randomUUID } from 'node:crypto';
import type { uploads } from '#contract/uploads.ts';
import { refuse, refuseField, type Verb } from '#server/platform/context/index.ts';
import { UPLOADS } from '#server/platform/storage/index.ts';
import { assertTakeable } from '../assert-takeable.ts';
import { dropRefused } from './drop-refused.ts';
import { PART_BYTES, presentUpload } from './present-upload.ts';
import { appendPart, findUpload } from './upload-store.ts';

/**
 * Adds the next part. Refuses with `upload-elsewhere` a part that does not begin where the upload stands; the refusal
 * says where that is. A part that arrived though its answer was lost is such a one: one goes on from there. What is no
 * picture or video is refused by its first part, and its upload is gone.
 */
export const appendUpload: Verb<typeof uploads.append> = async (context, { workspaceId, uploadId, ...input }) => {
  const { offsetBytes, part } = input;
  const { personId, house } = context;
  const find = async () =>
    (await context.inWorkspace((tx) => findUpload(tx, uploadId, personId))) ?? refuse('not-found');
  const row = await find();
  if (part.size === 0 || part.size > PART_BYTES) refuseField('part', 'part-size', { max: PART_BYTES / 1024 ** 2 });
  if (row.offset_bytes !== offsetBytes) refuse('upload-elsewhere', { current: presentUpload(row) });
  if (offsetBytes + part.size > row.size_bytes) refuseField('part', 'beyond-size');
  const bytes = new Uint8Array(await part.arrayBuffer());
  if (offsetBytes === 0)
    await dropRefused(context, row, () => assertTakeable({ head: bytes, sizeBytes: row.size_bytes }));
  // A name of its own each time: of two that come at once one is added, and neither writes over the other.
  const key = `${UPLOADS}${workspaceId}/${uploadId}/${String(offsetBytes).padStart(12, '0')}-${randomUUID()}`;
  await house.storage.put(key, bytes, { mime: 'application/octet-stream' });
  const added = await context.inWorkspace((tx) =>
    appendPart(tx, { id: uploadId, offsetBytes, sizeBytes: bytes.byteLength, key }),
  );
  if (added) return presentUpload(added);
  await house.storage.delete(key);
  return refuse('upload-elsewhere', { current: presentUpload(await find()) });
};
