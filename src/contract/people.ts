import { oc } from '@orpc/contract';
import { z } from 'zod';
import { PersonId, SessionId, WorkspaceId } from './ids.ts';
import { Instant, Language, Line, PageQuery, page, Role, Zone } from './terms.ts';

export const Workspace = z.object({
  id: WorkspaceId,
  name: z.string(),
  /** Language the business speaks to the public in; its page and feeds use it. */
  language: Language,
  zone: Zone,
  /** How late a post may still go out by itself, in minutes. */
  graceMinutes: z.int().min(5).max(1440),
  createdAt: Instant,
});
export type Workspace = z.infer<typeof Workspace>;

export const Me = z.object({
  id: PersonId,
  name: z.string(),
  email: z.string(),
  language: Language,
  isOperator: z.boolean(),
  /** Present in a demo, where nothing reaches the real world. */
  demo: z.literal(true).optional(),
  workspaces: z.array(z.object({ id: WorkspaceId, name: z.string(), role: Role, zone: Zone, language: Language })),
});
export type Me = z.infer<typeof Me>;

/** One device that is signed in. */
export const Session = z.object({
  id: SessionId,
  /** This very call came by it. */
  current: z.boolean(),
  /** What the browser called itself when it signed in; not to be trusted. */
  device: z.string(),
  /** Internet address it signed in from. */
  from: z.string(),
  startedAt: Instant,
  lastUsedAt: Instant,
  expiresAt: Instant,
});
export type Session = z.infer<typeof Session>;

export const Member = z.object({ personId: PersonId, name: z.string(), email: z.string(), role: Role, since: Instant });
export type Member = z.infer<typeof Member>;

const inWorkspace = z.object({ workspaceId: WorkspaceId });

export const me = {
  get: oc.route({ method: 'GET', path: '/me', summary: 'Who is signed in, and their workspaces' }).output(Me),
  update: oc
    .route({ method: 'PATCH', path: '/me', summary: 'Change own name or language' })
    .input(z.object({ name: Line(100).optional(), language: Language.optional() }))
    .output(Me),
};

/** The caller's own sessions. Never open to an API key. */
export const sessions = {
  list: oc
    .route({ method: 'GET', path: '/me/sessions', summary: 'Where one is signed in, the latest used first' })
    .output(z.object({ items: z.array(Session) })),
  end: oc
    .route({ method: 'DELETE', path: '/me/sessions/{sessionId}', summary: 'Sign one device out' })
    .input(z.object({ sessionId: SessionId }))
    .output(z.object({})),
  endOthers: oc
    .route({ method: 'POST', path: '/me/sessions/end-others', summary: 'Sign out everywhere but here' })
    .output(z.object({ ended: z.int() })),
};

export const workspaces = {
  create: oc
    .route({
      method: 'POST',
      path: '/workspaces',
      summary: 'Open a workspace; the caller becomes its owner',
      successStatus: 201,
    })
    .input(z.object({ name: Line(100), language: Language, zone: Zone }))
    .output(Workspace),
  get: oc
    .route({ method: 'GET', path: '/workspaces/{workspaceId}', summary: 'One workspace' })
    .input(inWorkspace)
    .output(Workspace),
  update: oc
    .route({ method: 'PATCH', path: '/workspaces/{workspaceId}', summary: 'Change name, language, zone or grace time' })
    .input(
      inWorkspace.extend({
        name: Line(100).optional(),
        language: Language.optional(),
        zone: Zone.optional(),
        graceMinutes: z.int().min(5).max(1440).optional(),
      }),
    )
    .output(Workspace),
};

export const members = {
  list: oc
    .route({ method: 'GET', path: '/workspaces/{workspaceId}/members', summary: 'Who belongs to the workspace' })
    .input(inWorkspace.extend(PageQuery.shape))
    .output(page(Member)),
  changeRole: oc
    .route({ method: 'PATCH', path: '/workspaces/{workspaceId}/members/{personId}', summary: 'Change a member’s role' })
    .input(inWorkspace.extend({ personId: PersonId, role: Role }))
    .output(Member),
  remove: oc
    .route({ method: 'DELETE', path: '/workspaces/{workspaceId}/members/{personId}', summary: 'Remove a member' })
    .input(inWorkspace.extend({ personId: PersonId }))
    .output(z.object({})),
};
