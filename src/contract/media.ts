import { oc } from '@orpc/contract';
import { z } from 'zod';
import { MediumId, WorkspaceId } from './ids.ts';
import { Instant, PageQuery, page } from './terms.ts';

/** A picture in the library. `url` and `thumbnailUrl` are paths on this installation. */
export const Medium = z.object({
  id: MediumId,
  name: z.string(),
  mime: z.string(),
  sizeBytes: z.int(),
  width: z.int(),
  height: z.int(),
  alt: z.string(),
  url: z.string(),
  thumbnailUrl: z.string(),
  createdAt: Instant,
});
export type Medium = z.infer<typeof Medium>;

const ws = z.object({ workspaceId: WorkspaceId });
const base = '/workspaces/{workspaceId}/media';

export const media = {
  list: oc
    .route({ method: 'GET', path: base, summary: 'Pictures, newest first' })
    .input(ws.extend(PageQuery.shape))
    .output(page(Medium)),
  upload: oc
    .route({
      method: 'POST',
      path: base,
      summary: 'Upload a picture (multipart form, field `file`)',
      successStatus: 201,
    })
    .input(ws.extend({ file: z.file(), alt: z.string().max(5_000).default('') }))
    .output(Medium),
  get: oc
    .route({ method: 'GET', path: `${base}/{mediumId}`, summary: 'One picture' })
    .input(ws.extend({ mediumId: MediumId }))
    .output(Medium),
  update: oc
    .route({ method: 'PATCH', path: `${base}/{mediumId}`, summary: 'Change a picture’s alternative text' })
    .input(ws.extend({ mediumId: MediumId, alt: z.string().max(5_000) }))
    .output(Medium),
  remove: oc
    .route({ method: 'DELETE', path: `${base}/{mediumId}`, summary: 'Delete a picture that nothing uses' })
    .input(ws.extend({ mediumId: MediumId }))
    .output(z.object({})),
};
