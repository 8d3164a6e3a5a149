import { refuse } from '#server/platform/context/index.ts';
import type { Tx } from '#server/platform/db/index.ts';
import type { WorkspaceRow } from './tables.ts';
import { findWorkspace } from './workspace-store.ts';

/** The transaction's workspace; refuses with `not-found` when it is not there any more. */
export async function getWorkspace(tx: Tx, workspaceId: string): Promise<WorkspaceRow> {
  return (await findWorkspace(tx, workspaceId)) ?? refuse('not-found');
}
