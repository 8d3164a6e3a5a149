import { oc } from '@orpc/contract';
import { z } from 'zod';
import { PersonId, WorkspaceId } from './ids.ts';
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
  workspaces: z.array(z.object({ id: WorkspaceId, name: z.string(), role: Role, zone: Zone, language: Language })),
});
export type Me = z.infer<typeof Me>;

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
