import type { PersonId, WorkspaceId } from '#contract/ids.ts';
import type { Me, me } from '#contract/people.ts';
import { findPerson } from '#server/platform/auth/index.ts';
import { type PersonContext, refuse, type Verb } from '#server/platform/context/index.ts';
import { listWorkspacesOf } from './find-membership.ts';

/** Who is signed in, and the workspaces they belong to. A key sees its own workspace only. */
export const getMe: Verb<typeof me.get> = (context) => presentMe(context);

/** The caller as they stand now. */
export async function presentMe(context: PersonContext): Promise<Me> {
  const { db } = context.house;
  const person = (await db.outside((tx) => findPerson(tx, context.personId))) ?? refuse('signed-out');
  const all = await listWorkspacesOf(db, person.id);
  const { keyWorkspaceId } = context;
  const memberships = keyWorkspaceId === null ? all : all.filter(({ workspace }) => workspace.id === keyWorkspaceId);
  return {
    id: person.id as PersonId,
    name: person.name,
    email: person.email,
    language: person.language,
    isOperator: person.isOperator && keyWorkspaceId === null,
    ...(context.house.config.practice ? { demo: true as const } : {}),
    workspaces: memberships.map(({ workspace, role }) => ({
      id: workspace.id as WorkspaceId,
      name: workspace.name,
      role,
      zone: workspace.zone,
      language: workspace.language,
    })),
  };
}
