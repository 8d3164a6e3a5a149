import { type PersonId, WorkspaceId } from '#contract/ids.ts';
import type { OperationName } from '#contract/operations.ts';
import { may, policy, type Rule } from '#contract/policy.ts';
import type { Role } from '#contract/terms.ts';
import type { Person } from '../auth/index.ts';
import { type House, type PersonContext, refuse, type WorkspaceContext } from '../context/index.ts';
import type { Database } from '../db/index.ts';
import type { Call } from './call.ts';

/** A person's role in a workspace, or null for a stranger and for a workspace that is not there. */
export type FindMembership = (db: Database, personId: string, workspaceId: string) => Promise<{ role: Role } | null>;

export interface AdmitOptions {
  house: House;
  call: Call;
  person: Person;
  operation: OperationName;
  /** From the address; undefined for operations outside workspaces. */
  workspaceId: string | undefined;
  findMembership: FindMembership;
}

/**
 * Asks who may, and gives a verb its context. A stranger to the workspace gets `not-found`, as for a workspace that is
 * not there; a member whose role does not reach gets `not-allowed`.
 */
export async function admitCall(options: AdmitOptions): Promise<PersonContext | WorkspaceContext> {
  const { house, call, person, operation } = options;
  const outside: PersonContext = {
    house,
    log: call.log.child({ operation }),
    personId: person.id as PersonId,
    isOperator: person.isOperator,
    language: person.language,
    requestId: call.requestId,
    origin: call.arrival.origin,
    address: call.arrival.address,
    sessionId: null,
    apiKeyId: null,
  };
  const rule: Rule = policy[operation];
  if (rule === 'operator' && !person.isOperator) refuse('not-found');
  if (typeof rule === 'string') return outside;
  const workspace = WorkspaceId.safeParse(options.workspaceId);
  if (!workspace.success) refuse('not-found');
  const workspaceId = workspace.data;
  const membership = await options.findMembership(house.db, person.id, workspaceId);
  if (!membership) refuse('not-found');
  if (!may(membership.role, operation)) refuse('not-allowed');
  const inside: WorkspaceContext = {
    ...outside,
    log: outside.log.child({ workspaceId }),
    workspaceId,
    role: membership.role,
    inWorkspace: (work) => house.db.inWorkspace(workspaceId, work),
  };
  return inside;
}
