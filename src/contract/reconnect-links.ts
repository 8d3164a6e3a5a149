import { oc } from '@orpc/contract';
import { z } from 'zod';
import { ChannelId, PersonId, ReconnectLinkId, WorkspaceId } from './ids.ts';
import { Instant, PageQuery, page } from './terms.ts';

/** A link by which the owner of a channel's account signs in to the network again without a seat here: good once. */
export const ReconnectLink = z.object({
  id: ReconnectLinkId,
  channelId: ChannelId,
  /** The account that alone may be connected by it, as it was called when the link was made. */
  handle: z.string(),
  madeById: PersonId,
  createdAt: Instant,
  expiresAt: Instant,
  state: z.enum(['open', 'used', 'withdrawn', 'expired']),
  usedAt: Instant.nullable(),
});
export type ReconnectLink = z.infer<typeof ReconnectLink>;

/** What a link says to whoever opens it. */
export const ReconnectOffer = z.object({
  workspaceName: z.string(),
  network: z.string(),
  handle: z.string(),
  /** The account's server, for networks of many; it cannot be another one. */
  server: z.string().nullable(),
  /** Whether the channel works as it is; it may be connected again all the same. */
  works: z.boolean(),
  madeByName: z.string(),
  expiresAt: Instant,
});
export type ReconnectOffer = z.infer<typeof ReconnectOffer>;

/** 256 random bits, base64url; only its hash is kept. */
const token = z.string().min(20).max(100);
const ws = z.object({ workspaceId: WorkspaceId });
const base = '/workspaces/{workspaceId}/channels/{channelId}/reconnect-links';

export const reconnectLinks = {
  list: oc
    .route({ method: 'GET', path: base, summary: 'Links to connect this channel again, the newest first' })
    .input(ws.extend({ channelId: ChannelId }).extend(PageQuery.shape))
    .output(page(ReconnectLink)),
  create: oc
    .route({
      method: 'POST',
      path: base,
      summary: 'Make a link by which the account’s owner connects this channel again, without a seat',
      successStatus: 201,
    })
    .input(
      ws.extend({
        channelId: ChannelId,
        /** How many days it is good for. */
        days: z.int().min(1).max(30).default(7),
      }),
    )
    .output(
      z.object({
        reconnectLink: ReconnectLink,
        /** The link, shown this once. */
        link: z.string(),
      }),
    ),
  withdraw: oc
    .route({ method: 'DELETE', path: `${base}/{reconnectLinkId}`, summary: 'Take a link to reconnect back' })
    .input(ws.extend({ channelId: ChannelId, reconnectLinkId: ReconnectLinkId }))
    .output(ReconnectLink),
  look: oc
    .route({
      method: 'POST',
      path: '/reconnect/look',
      summary: 'Who asks for which account, by the token in a link to reconnect',
    })
    .input(z.object({ token }))
    .output(ReconnectOffer),
  use: oc
    .route({
      method: 'POST',
      path: '/reconnect/use',
      summary: 'Connect the account again with the network’s form fields, by the token in the link',
    })
    .input(z.object({ token, values: z.record(z.string().max(50), z.string().max(2_000)) }))
    .output(z.object({ network: z.string(), handle: z.string(), workspaceName: z.string() })),
};
