import { oc } from '@orpc/contract';
import { z } from 'zod';
import { PersonId, WorkspaceId } from './ids.ts';
import { Instant, PageQuery, page } from './terms.ts';

/**
 * What Goalpost does by itself and answers for: what became of deliveries, a channel that was lost, and one that was
 * connected again by whoever had a link for it.
 */
export const ownActs = [
  'delivery.published',
  'delivery.failed',
  'delivery.unconfirmed',
  'delivery.held',
  'delivery.removed',
  'channel.broken',
  'channel.reconnected',
] as const;

/**
 * Operations that change nothing although they are not called by GET, or nothing but the caller's own view; and what
 * nobody who is signed in does, which stands there as a fact.
 */
export const unrecorded = [
  'audit.verify',
  'invitations.look',
  'uploads.begin',
  'uploads.append',
  'uploads.cancel',
  'reconnectLinks.look',
  'reconnectLinks.use',
  'today.setAside',
  'today.takeBack',
  'today.look',
  'notices.mark',
  'notices.markAll',
  'notices.choose',
  'notices.addDevice',
  'notices.removeDevice',
] as const;

/** One line of the audit log: who did what to what, and when. Lines are never changed or removed. */
export const AuditEntry = z.object({
  /** Rising by one within the workspace. */
  number: z.int(),
  at: Instant,
  /** `key`: by an API key of the person. `system`: by Goalpost itself. */
  by: z.object({ kind: z.enum(['person', 'key', 'system']), personId: PersonId.nullable(), name: z.string() }),
  /** The operation or fact: `members.changeRole`, `delivery.published`. */
  action: z.string(),
  /** What it was done to: a kind and an id; null for the workspace itself. */
  subject: z.object({ kind: z.string(), id: z.string() }).nullable(),
  /** Particulars without secrets or content: roles, scopes, states. */
  detail: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
});
export type AuditEntry = z.infer<typeof AuditEntry>;

export const audit = {
  list: oc
    .route({ method: 'GET', path: '/workspaces/{workspaceId}/audit', summary: 'The audit log, the newest first' })
    .input(
      z
        .object({ workspaceId: WorkspaceId })
        .extend(PageQuery.shape)
        .extend({ action: z.string().max(100).optional() }),
    )
    .output(page(AuditEntry)),
  verify: oc
    .route({
      method: 'POST',
      path: '/workspaces/{workspaceId}/audit/verify',
      summary: 'Check the chain of hashes from the first line to the last',
    })
    .input(z.object({ workspaceId: WorkspaceId }))
    .output(
      z.object({
        whole: z.boolean(),
        lines: z.int(),
        /** Number of the first line that does not fit; null when all do. */
        brokenAt: z.int().nullable(),
      }),
    ),
};
