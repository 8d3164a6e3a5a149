import type { OperationName } from './operations.ts';
import type { Role } from './terms.ts';

const everyone: readonly Role[] = ['owner', 'manager', 'editor', 'approver', 'responder', 'viewer'];
const leads: readonly Role[] = ['owner', 'manager'];
const writers: readonly Role[] = ['owner', 'manager', 'editor'];
const deciders: readonly Role[] = ['owner', 'manager', 'approver'];
const owners: readonly Role[] = ['owner'];

/**
 * The one table of who may do what. `signed-in`: any person with a session; otherwise the roles in the workspace that
 * the address names. A member whose role is missing gets `not-allowed`; a stranger to the workspace `not-found`.
 */
export const policy = {
  'me.get': 'signed-in',
  'me.update': 'signed-in',
  'workspaces.create': 'signed-in',
  'workspaces.get': everyone,
  'workspaces.update': leads,
  'members.list': everyone,
  'members.changeRole': owners,
  'members.remove': owners,
  'objectives.list': everyone,
  'objectives.create': leads,
  'objectives.update': leads,
  'objectives.archive': leads,
  'goals.list': everyone,
  'goals.get': everyone,
  'goals.create': leads,
  'goals.update': leads,
  'goals.archive': leads,
  'goals.restore': leads,
  'initiatives.list': everyone,
  'initiatives.create': writers,
  'initiatives.update': writers,
  'initiatives.archive': writers,
  'channels.list': everyone,
  'channels.get': everyone,
  'channels.create': leads,
  'channels.update': leads,
  'channels.connect': leads,
  'channels.disconnect': leads,
  'channels.archive': leads,
  'media.list': everyone,
  'media.upload': writers,
  'media.get': everyone,
  'media.update': writers,
  'media.remove': writers,
  'posts.list': everyone,
  'posts.get': everyone,
  'posts.create': writers,
  'posts.update': writers,
  'posts.schedule': writers,
  'posts.publishNow': writers,
  'posts.cancel': writers,
  'posts.remove': writers,
  'posts.restore': writers,
  'deliveries.list': everyone,
  'deliveries.get': everyone,
  'deliveries.cancel': writers,
  'deliveries.retry': writers,
  'deliveries.confirmLive': [...new Set([...writers, ...deciders])],
  'deliveries.sendAgain': [...new Set([...writers, ...deciders])],
  'publishing.health': everyone,
  'publishing.holds': everyone,
  'publishing.hold': [...new Set([...writers, ...deciders])],
  'publishing.lift': deciders,
  'analytics.progress': everyone,
  'analytics.evidence': everyone,
  'analytics.engagements': everyone,
  'analytics.figures': everyone,
  'analytics.refresh': writers,
  'page.get': everyone,
  'page.open': leads,
  'page.update': writers,
} as const satisfies Record<OperationName, 'signed-in' | readonly Role[]>;

/** May a member with this role do this? */
export const may = (role: Role, operation: OperationName): boolean => {
  const rule: 'signed-in' | readonly Role[] = policy[operation];
  return rule === 'signed-in' || rule.includes(role);
};
