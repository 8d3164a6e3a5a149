export { findMembership } from './find-membership.ts';
export { getWorkspace } from './get-workspace.ts';
export { getZone } from './get-zone.ts';
export { isMember } from './is-member.ts';
export { insertMember } from './member-store.ts';
export { teamRoutes } from './routes.ts';
export type { WorkspaceRow } from './tables.ts';
