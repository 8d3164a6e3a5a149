import type { Workspace } from '#contract/people.ts';
import type { Role } from '#contract/terms.ts';
import { insertMember } from '#server/features/team/index.ts';
import type { TestClient, TestPerson, TestServer } from './server.ts';

/** Where most tests begin: an owner, their workspace, and the client as them. */
export interface TestTeam {
  owner: TestPerson;
  workspace: Workspace;
  workspaceId: string;
  client: TestClient;
}

/** Makes a new person with a new workspace, through the API. */
export async function makeTeam(
  server: TestServer,
  about: Partial<Pick<Workspace, 'name' | 'language' | 'zone'>> = {},
): Promise<TestTeam> {
  const owner = await server.signUp();
  const client = server.client(owner);
  const workspace = await client.workspaces.create({
    name: about.name ?? 'Corner bakery',
    language: about.language ?? 'en',
    zone: about.zone ?? 'Europe/Berlin',
  });
  return { owner, workspace: workspace as Workspace, workspaceId: workspace.id, client };
}

/** Makes a new person who is a member with this role. */
export async function makeMember(
  server: TestServer,
  workspaceId: string,
  role: Role,
): Promise<{ person: TestPerson; client: TestClient }> {
  const person = await server.signUp({ name: `The ${role}` });
  const { db } = server.house;
  await db.inWorkspace(workspaceId, (tx) => insertMember(db, tx, { workspaceId, personId: person.id, role }));
  return { person, client: server.client(person) };
}
