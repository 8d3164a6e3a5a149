import { oc } from '@orpc/contract';
import { z } from 'zod';
import { ChannelId, WorkspaceId } from './ids.ts';
import { Instant, Language, Line, Revision } from './terms.ts';

/** Something one can press on the page: a web address, or a number to call (`tel:`). */
export const PageLink = z.object({ label: Line(100), url: z.url({ protocol: /^(?:https?|tel)$/ }).max(2_000) });

export type PageLink = z.infer<typeof PageLink>;

/** Lower-case letters, digits and hyphens, 3 to 40. The page stands at /p/<address>. */
export const PageAddress = z.string().regex(/^[a-z0-9](?:[a-z0-9-]{1,38}[a-z0-9])$/);

/** The business's own public page. */
export const OwnPage = z.object({
  channelId: ChannelId,
  address: PageAddress,
  /** Full public address. */
  url: z.string(),
  title: z.string(),
  about: z.string(),
  language: Language,
  links: z.array(PageLink),
  /** Views and link clicks counted in the last 28 days; null before the first day is over. */
  views28: z.int().nullable(),
  clicks28: z.int().nullable(),
  revision: Revision,
  updatedAt: Instant,
});
export type OwnPage = z.infer<typeof OwnPage>;

const ws = z.object({ workspaceId: WorkspaceId });
const base = '/workspaces/{workspaceId}/page';

export const page = {
  get: oc
    .route({ method: 'GET', path: base, summary: 'The own page, or not-found before it is opened' })
    .input(ws)
    .output(OwnPage),
  open: oc
    .route({
      method: 'POST',
      path: base,
      summary: 'Open the own page; it becomes a connected channel',
      successStatus: 201,
    })
    .input(ws.extend({ address: PageAddress, title: Line(100) }))
    .output(OwnPage),
  update: oc
    .route({ method: 'PATCH', path: base, summary: 'Change the own page' })
    .input(
      ws.extend({
        revision: Revision,
        address: PageAddress.optional(),
        title: Line(100).optional(),
        about: z.string().max(2_000).optional(),
        language: Language.optional(),
        links: z.array(PageLink).max(50).optional(),
      }),
    )
    .output(OwnPage),
};
