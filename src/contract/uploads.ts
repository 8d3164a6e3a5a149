import { oc } from '@orpc/contract';
import { z } from 'zod';
import { MediumId, UploadId, WorkspaceId } from './ids.ts';
import { Medium } from './media.ts';
import { Instant } from './terms.ts';

/**
 * A file that comes in parts: for what is large, or on its way by a line that breaks. It belongs to who began it and
 * is gone a day after its last part.
 */
export const Upload = z.object({
  id: UploadId,
  name: z.string(),
  sizeBytes: z.int(),
  /** How much of it is there: the next part begins here. */
  offsetBytes: z.int(),
  /** Largest part that is taken. */
  partBytes: z.int(),
  /** What became of it; null until it is finished. */
  mediumId: MediumId.nullable(),
  expiresAt: Instant,
});
export type Upload = z.infer<typeof Upload>;

const ws = z.object({ workspaceId: WorkspaceId });
const one = ws.extend({ uploadId: UploadId });
const base = '/workspaces/{workspaceId}/uploads';

export const uploads = {
  begin: oc
    .route({ method: 'POST', path: base, summary: 'Begin the upload of a file in parts', successStatus: 201 })
    .input(ws.extend({ name: z.string().max(300), sizeBytes: z.int().min(1) }))
    .output(Upload),
  get: oc
    .route({ method: 'GET', path: `${base}/{uploadId}`, summary: 'How far an upload in parts is' })
    .input(one)
    .output(Upload),
  append: oc
    .route({
      method: 'POST',
      path: `${base}/{uploadId}/parts`,
      summary: 'Add the next part of an upload (multipart form, fields `offsetBytes` and `part`)',
    })
    .input(one.extend({ offsetBytes: z.coerce.number().int().min(0), part: z.file() }))
    .output(Upload),
  finish: oc
    .route({
      method: 'POST',
      path: `${base}/{uploadId}/finish`,
      summary: 'Take what was uploaded in parts into the library (`poster`: a still of the video)',
      successStatus: 201,
    })
    .input(one.extend({ poster: z.file().optional(), alt: z.string().max(5_000).default('') }))
    .output(Medium),
  cancel: oc
    .route({ method: 'DELETE', path: `${base}/{uploadId}`, summary: 'Give an upload in parts up' })
    .input(one)
    .output(z.object({})),
};
