import { oc } from '@orpc/contract';
import { z } from 'zod';
import { ChannelId, PersonId, WorkspaceId } from './ids.ts';
import { ContentLanguage, Instant, Line, PageQuery, page, Revision } from './terms.ts';

export const channelStates = ['active', 'dormant', 'duplicate', 'orphaned', 'lost'] as const;
export const connectionStates = ['not-connected', 'connected', 'credential-rejected', 'permission-missing'] as const;

/** The credentials by which Goalpost acts on a channel, as far as they may be shown. */
export const Connection = z.object({
  state: z.enum(connectionStates),
  /** The permission the network wants, for `permission-missing`. */
  missing: z.string().nullable(),
  connectedAt: Instant.nullable(),
  /** Last time a call with these credentials worked. */
  workedAt: Instant.nullable(),
  /** When what calls are made with now ends; it is renewed before. */
  expiresAt: Instant.nullable(),
  /** When it ends unless a person connects the channel again, as far as that is known. */
  endsAt: Instant.nullable(),
  /** When it was last renewed without a person. */
  renewedAt: Instant.nullable(),
  /** Since when renewing fails. Goalpost goes on trying; what was planned goes out meanwhile. */
  renewalFailingSince: Instant.nullable(),
  /** Why, as the kind of the fault. */
  renewalFault: z.string().nullable(),
  /** Until when the network wants no more posts; what is due goes out then, in its order. Null: it takes them. */
  waitsUntil: Instant.nullable(),
});
export type Connection = z.infer<typeof Connection>;

/** One account, page or profile of the business on a network. It may exist without a connection. */
export const Channel = z.object({
  id: ChannelId,
  network: z.string(),
  name: z.string(),
  handle: z.string(),
  /** Where a person finds it; null when not known yet. */
  address: z.string().nullable(),
  purpose: z.string(),
  ownerId: PersonId.nullable(),
  /** Intended posts a week; null: not decided. */
  cadencePerWeek: z.number().min(0).max(500).nullable(),
  language: ContentLanguage.nullable(),
  state: z.enum(channelStates),
  connection: Connection,
  nextDueAt: Instant.nullable(),
  revision: Revision,
  createdAt: Instant,
  archivedAt: Instant.nullable(),
});
export type Channel = z.infer<typeof Channel>;

const about = {
  name: Line(100),
  handle: z.string().trim().max(200),
  address: z
    .url({ protocol: /^https?$/ })
    .max(500)
    .nullable(),
  purpose: z.string().trim().max(1_000),
  ownerId: PersonId.nullable(),
  cadencePerWeek: z.number().min(0).max(500).nullable(),
  language: ContentLanguage.nullable(),
  state: z.enum(channelStates),
};

const ws = z.object({ workspaceId: WorkspaceId });
const base = '/workspaces/{workspaceId}/channels';

export const channels = {
  list: oc
    .route({ method: 'GET', path: base, summary: 'The register of channels' })
    .input(ws.extend(PageQuery.shape))
    .output(page(Channel)),
  get: oc
    .route({ method: 'GET', path: `${base}/{channelId}`, summary: 'One channel' })
    .input(ws.extend({ channelId: ChannelId }))
    .output(Channel),
  create: oc
    .route({
      method: 'POST',
      path: base,
      summary: 'Enter a channel in the register, connected or not',
      successStatus: 201,
    })
    .input(
      ws.extend({ network: Line(50), name: Line(100) }).extend(z.object(about).omit({ name: true }).partial().shape),
    )
    .output(Channel),
  update: oc
    .route({ method: 'PATCH', path: `${base}/{channelId}`, summary: 'Change what the register says' })
    .input(ws.extend({ channelId: ChannelId, revision: Revision }).extend(z.object(about).partial().shape))
    .output(Channel),
  connect: oc
    .route({ method: 'POST', path: `${base}/{channelId}/connect`, summary: 'Connect with the network’s form fields' })
    .input(ws.extend({ channelId: ChannelId, values: z.record(z.string().max(50), z.string().max(2_000)) }))
    .output(Channel),
  disconnect: oc
    .route({
      method: 'POST',
      path: `${base}/{channelId}/disconnect`,
      summary: 'Forget the credentials; what is scheduled is held',
    })
    .input(ws.extend({ channelId: ChannelId }))
    .output(Channel),
  archive: oc
    .route({ method: 'DELETE', path: `${base}/{channelId}`, summary: 'Archive a channel; what it published stays' })
    .input(ws.extend({ channelId: ChannelId }))
    .output(z.object({})),
  restore: oc
    .route({
      method: 'POST',
      path: `${base}/{channelId}/restore`,
      summary: 'Take a channel out of the archive; it is not connected then',
    })
    .input(ws.extend({ channelId: ChannelId }))
    .output(Channel),
};
