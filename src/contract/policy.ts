import type { OperationName } from './operations.ts';
import type { Role } from './terms.ts';

const everyone: readonly Role[] = ['owner', 'manager', 'editor', 'approver', 'responder', 'viewer'];
const leads: readonly Role[] = ['owner', 'manager'];
const writers: readonly Role[] = ['owner', 'manager', 'editor'];
const deciders: readonly Role[] = ['owner', 'manager', 'approver'];
const owners: readonly Role[] = ['owner'];

/** `anyone`: no sign-in. `signed-in`: any person. `operator`: who runs the installation; others get `not-found`. */
export type Rule = 'anyone' | 'signed-in' | 'operator' | readonly Role[];

/**
 * The one table of who may do what: a rule, or the roles in the workspace that the address names. A member whose role
 * is missing gets `not-allowed`; a stranger to the workspace `not-found`.
 */
export const policy = {
  'me.get': 'signed-in',
  'me.update': 'signed-in',
  'sessions.list': 'signed-in',
  'sessions.end': 'signed-in',
  'sessions.endOthers': 'signed-in',
  'workspaces.create': 'signed-in',
  'workspaces.get': everyone,
  'workspaces.update': leads,
  'members.list': everyone,
  'members.changeRole': owners,
  'members.remove': owners,
  'invitations.list': leads,
  'invitations.create': leads,
  'invitations.revoke': leads,
  'invitations.look': 'anyone',
  'invitations.accept': 'signed-in',
  'apiKeys.list': leads,
  'apiKeys.create': leads,
  'apiKeys.revoke': leads,
  'audit.list': leads,
  'audit.verify': leads,
  'operator.get': 'operator',
  'operator.update': 'operator',
  'operator.testMail': 'operator',
  'operator.doctor': 'operator',
  'notices.list': everyone,
  'notices.unread': everyone,
  'notices.mark': everyone,
  'notices.markAll': everyone,
  'notices.settings': 'signed-in',
  'notices.choose': 'signed-in',
  'notices.addDevice': 'signed-in',
  'notices.removeDevice': 'signed-in',
  'objectives.list': everyone,
  'objectives.create': leads,
  'objectives.update': leads,
  'objectives.archive': leads,
  'objectives.adopt': leads,
  'goals.list': everyone,
  'goals.get': everyone,
  'goals.create': leads,
  'goals.update': leads,
  'goals.archive': leads,
  'goals.restore': leads,
  'goals.adopt': leads,
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
  'deliveries.correct': [...new Set([...writers, ...deciders])],
  'deliveries.takeDown': [...new Set([...writers, ...deciders])],
  'publishing.health': everyone,
  'publishing.days': everyone,
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
  'onboarding.get': leads,
  'onboarding.save': leads,
  'onboarding.proposal': leads,
  'onboarding.address': leads,
  'onboarding.make': leads,
  'practice.get': everyone,
  'practice.misbehave': writers,
  'practice.behave': leads,
} as const satisfies Record<OperationName, Rule>;

/** May a member with this role do this? Operations outside workspaces are not asked here. */
export const may = (role: Role, operation: OperationName): boolean => {
  const rule: Rule = policy[operation];
  return typeof rule !== 'string' && rule.includes(role);
};
