import { oc } from '@orpc/contract';
import { z } from 'zod';
import { ApiKeyId, PersonId, WorkspaceId } from './ids.ts';
import { Instant, Line, PageQuery, page } from './terms.ts';

/**
 * What a key may be used for; never more than its maker may do at that moment. `read` see everything, `plan` objectives,
 * goals and initiatives, `content` drafts and media, `publish` schedule, publish and decide on deliveries, `manage`
 * workspace, channels and own page.
 */
export const scopes = ['read', 'plan', 'content', 'publish', 'manage'] as const;
export const Scope = z.enum(scopes);
export type Scope = z.infer<typeof Scope>;

/** A key acts for its maker in one workspace, from programs and the command line. */
export const ApiKey = z.object({
  id: ApiKeyId,
  name: z.string(),
  /** Its first letters, to tell keys apart. */
  begins: z.string(),
  scopes: z.array(Scope),
  createdById: PersonId,
  createdAt: Instant,
  /** Null: until it is revoked. */
  expiresAt: Instant.nullable(),
  lastUsedAt: Instant.nullable(),
  revokedAt: Instant.nullable(),
});
export type ApiKey = z.infer<typeof ApiKey>;

const ws = z.object({ workspaceId: WorkspaceId });
const base = '/workspaces/{workspaceId}/api-keys';

export const apiKeys = {
  list: oc
    .route({ method: 'GET', path: base, summary: 'Keys of the workspace, the newest first' })
    .input(ws.extend(PageQuery.shape))
    .output(page(ApiKey)),
  create: oc
    .route({ method: 'POST', path: base, summary: 'Make a key; its secret is shown this once', successStatus: 201 })
    .input(
      ws.extend({
        name: Line(100),
        scopes: z.array(Scope).min(1).max(scopes.length),
        /** Days until it expires; null: never. */
        days: z.int().min(1).max(3650).nullable().default(90),
      }),
    )
    .output(z.object({ key: ApiKey, secret: z.string() })),
  revoke: oc
    .route({ method: 'DELETE', path: `${base}/{apiKeyId}`, summary: 'End a key at once' })
    .input(ws.extend({ apiKeyId: ApiKeyId }))
    .output(ApiKey),
};
