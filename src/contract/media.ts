import { oc } from '@orpc/contract';
import { z } from 'zod';
import { VideoFacts } from './content.ts';
import { MediumId, WorkspaceId } from './ids.ts';
import { Instant, PageQuery, page } from './terms.ts';

/** A picture or a video in the library. Its addresses are paths on this installation. */
export const Medium = z.object({
  id: MediumId,
  name: z.string(),
  mime: z.string(),
  sizeBytes: z.int(),
  width: z.int(),
  height: z.int(),
  alt: z.string(),
  /** More than one: an animation. Null where nobody counted. */
  frames: z.int().nullable(),
  /** Null: a picture. */
  video: VideoFacts.nullable(),
  /** A still of a video; null for pictures. */
  posterUrl: z.string().nullable(),
  url: z.string(),
  thumbnailUrl: z.string(),
  createdAt: Instant,
});
export type Medium = z.infer<typeof Medium>;

/** What becomes of a medium on its way out; `lighter` is the same size in fewer bytes, `still` no longer an animation. */
export const mediumChanges = ['turned', 'smaller', 'other-format', 'lighter', 'still', 'converted'] as const;

/** Why nothing of a medium can go out on a network. `not-now` may pass by itself. */
export const renditionObstacles = ['not-taken', 'cannot-fit', 'not-now', 'cannot-convert', 'too-long'] as const;

/** A medium as it will go out on a network: exactly these bytes. `url` is a path on this installation. */
export const Rendition = z.discriminatedUnion('state', [
  z.object({
    network: z.string(),
    state: z.literal('ready'),
    mime: z.string(),
    sizeBytes: z.int(),
    width: z.int(),
    height: z.int(),
    moves: z.boolean(),
    url: z.string(),
    changes: z.array(z.enum(mediumChanges)),
  }),
  /** A video is being converted, `share` of it (0 to 1) is done; `media.converted` is told when it is done. */
  z.object({ network: z.string(), state: z.literal('making'), share: z.number() }),
  z.object({ network: z.string(), state: z.literal('cannot'), reason: z.enum(renditionObstacles) }),
]);
export type Rendition = z.infer<typeof Rendition>;

const ws = z.object({ workspaceId: WorkspaceId });
const base = '/workspaces/{workspaceId}/media';

export const media = {
  list: oc
    .route({ method: 'GET', path: base, summary: 'Pictures and videos, newest first' })
    .input(ws.extend(PageQuery.shape))
    .output(page(Medium)),
  upload: oc
    .route({
      method: 'POST',
      path: base,
      summary: 'Upload a picture or a video (multipart form, field `file`; `poster`: a still of the video)',
      successStatus: 201,
    })
    .input(ws.extend({ file: z.file(), poster: z.file().optional(), alt: z.string().max(5_000).default('') }))
    .output(Medium),
  get: oc
    .route({ method: 'GET', path: `${base}/{mediumId}`, summary: 'One picture or video' })
    .input(ws.extend({ mediumId: MediumId }))
    .output(Medium),
  rendition: oc
    .route({
      method: 'GET',
      path: `${base}/{mediumId}/renditions/{network}`,
      summary: 'A picture or a video as it will go out on a network',
    })
    .input(ws.extend({ mediumId: MediumId, network: z.string().max(50) }))
    .output(Rendition),
  update: oc
    .route({
      method: 'PATCH',
      path: `${base}/{mediumId}`,
      summary: 'Change the alternative text of a picture or video',
    })
    .input(ws.extend({ mediumId: MediumId, alt: z.string().max(5_000) }))
    .output(Medium),
  remove: oc
    .route({ method: 'DELETE', path: `${base}/{mediumId}`, summary: 'Delete a picture or video that nothing uses' })
    .input(ws.extend({ mediumId: MediumId }))
    .output(z.object({})),
};
