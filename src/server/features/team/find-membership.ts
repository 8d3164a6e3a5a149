import type { Role } from '#contract/terms.ts';
import type { Database } from '#server/platform/db/index.ts';
import { findMember } from './member-store.ts';
import type { WorkspaceRow } from './tables.ts';
import { findWorkspace, listDirectory } from './workspace-store.ts';

/** A person's role in a workspace; null for a stranger, and for a workspace that is not there. Read at every call. */
export async function findMembership(
  db: Database,
  personId: string,
  workspaceId: string,
): Promise<{ role: Role } | null> {
  const member = await db.inWorkspace(workspaceId, (tx) => findMember(tx, { workspaceId, personId }));
  return member && { role: member.role };
}

/** The workspaces a person is a member of, with their role, by name. */
export async function listWorkspacesOf(
  db: Database,
  personId: string,
): Promise<{ workspace: WorkspaceRow; role: Role }[]> {
  const found: { workspace: WorkspaceRow; role: Role }[] = [];
  for (const workspaceId of await listDirectory(db, personId)) {
    await db.inWorkspace(workspaceId, async (tx) => {
      const member = await findMember(tx, { workspaceId, personId });
      const workspace = member && (await findWorkspace(tx, workspaceId));
      if (workspace) found.push({ workspace, role: member.role });
    });
  }
  return found.sort((a, b) => a.workspace.name.localeCompare(b.workspace.name));
}
