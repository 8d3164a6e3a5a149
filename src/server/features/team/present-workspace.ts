import type { WorkspaceId } from '#contract/ids.ts';
import type { Workspace } from '#contract/people.ts';
import type { WorkspaceRow } from './tables.ts';

/** A workspace as it goes to the wire. */
export const presentWorkspace = (row: WorkspaceRow): Workspace => ({
  id: row.id as WorkspaceId,
  name: row.name,
  language: row.language,
  zone: row.zone,
  graceMinutes: row.grace_minutes,
  createdAt: row.created_at.toISOString(),
});
