import { oc } from '@orpc/contract';
import { z } from 'zod';
import { ChannelId, WorkspaceId } from './ids.ts';
import { Instant } from './terms.ts';

/** The ways in which a practice network can be told to go wrong at the next post. */
export const misbehaviours = [
  'slow',
  'rate-limited',
  'error-before',
  'error-after',
  'answer-lost',
  'cut-off',
  'blocked-after-live',
  'answer-garbled',
  'refused-later',
  'permission-missing',
  'credential-revoked',
] as const;
export const MisbehaviourName = z.enum(misbehaviours);
export type MisbehaviourName = z.infer<typeof MisbehaviourName>;

/** What the practice network is told to do, and what it has accepted: its own ledger, not Goalpost's. */
export const PracticeStanding = z.object({
  /** Where it can be seen by a browser on the same machine. */
  address: z.string(),
  /** Told and not done yet; a revoked credential stands on the channel itself. */
  orders: z.array(
    z.object({
      channelId: ChannelId.nullable(),
      misbehaviour: MisbehaviourName.nullable(),
      /** As the network calls it. */
      said: z.string(),
    }),
  ),
  /** What it accepted from this workspace's channels, the latest first. */
  accepted: z.array(
    z.object({
      at: Instant,
      act: z.enum(['create', 'comment', 'edit', 'delete']),
      channelId: ChannelId,
      text: z.string(),
      address: z.string(),
    }),
  ),
});
export type PracticeStanding = z.infer<typeof PracticeStanding>;

const ws = z.object({ workspaceId: WorkspaceId });
const base = '/workspaces/{workspaceId}/practice';

/** The practice network of a demo's café. In every other installation these are `not-found`. */
export const practice = {
  get: oc
    .route({ method: 'GET', path: base, summary: 'Demo only: what the practice network does now and has accepted' })
    .input(ws)
    .output(PracticeStanding),
  misbehave: oc
    .route({
      method: 'POST',
      path: `${base}/misbehave`,
      summary: 'Demo only: have the practice network go wrong at a channel’s next post',
    })
    .input(ws.extend({ channelId: ChannelId, misbehaviour: MisbehaviourName }))
    .output(PracticeStanding),
  behave: oc
    .route({
      method: 'POST',
      path: `${base}/behave`,
      summary: 'Demo only: have the practice network behave again, and connect what it had thrown out',
    })
    .input(ws)
    .output(PracticeStanding),
};
