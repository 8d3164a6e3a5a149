import { type PersonId, WorkspaceId } from '#contract/ids.ts';
import { keyMay } from '#contract/key-scopes.ts';
import type { OperationName } from '#contract/operations.ts';
import { may, policy, type Rule } from '#contract/policy.ts';
import type { Role } from '#contract/terms.ts';
import { type AnyoneContext, type House, type PersonContext, refuse, type WorkspaceContext } from '../context/index.ts';
import type { Database } from '../db/index.ts';
import type { Call } from './call.ts';
import type { KeyRing, SignedIn } from './identify-caller.ts';
import type { Recorder } from './record-change.ts';

/** A person's role in a workspace, or null for a stranger and for a workspace that is not there. */
export type FindMembership = (db: Database, personId: string, workspaceId: string) => Promise<{ role: Role } | null>;

export interface AdmitOptions {
  house: House;
  call: Call;
  caller: SignedIn;
  operation: OperationName;
  /** From the address; undefined for operations outside workspaces. */
  workspaceId: string | undefined;
  findMembership: FindMembership;
  keys: KeyRing;
  recorder: Recorder;
}

/** What a call brings that needs nobody to be signed in. */
export function shapeAnyone(house: House, call: Call, operation: OperationName): AnyoneContext {
  return {
    house,
    log: call.log.child({ operation }),
    language: call.language,
    requestId: call.requestId,
    origin: call.arrival.origin,
    address: call.arrival.address,
  };
}

/**
 * Asks who may, and gives a verb its context. A stranger to the workspace gets `not-found`, as for a workspace that is
 * not there; a member whose role does not reach gets `not-allowed`. A key may what its maker may at this moment, in its
 * own workspace, as far as its scopes reach (`key-lacks-scope`); it never runs the installation.
 */
export async function admitCall(options: AdmitOptions): Promise<PersonContext | WorkspaceContext> {
  const { house, call, caller, operation, recorder } = options;
  const { person, key } = caller;
  const outside: PersonContext = {
    ...shapeAnyone(house, call, operation),
    personId: person.id as PersonId,
    isOperator: person.isOperator && key === null,
    language: person.language,
    sessionId: caller.sessionId,
    apiKeyId: key?.id ?? null,
    keyWorkspaceId: key?.workspaceId ?? null,
    enterWorkspace: recorder.inWorkspace,
  };
  const rule: Rule = policy[operation];
  if (rule === 'operator' && !outside.isOperator) refuse('not-found');
  if (typeof rule === 'string') {
    // Whoever made it has left its workspace: the key opens nothing any more.
    if (key && !(await options.findMembership(house.db, person.id, key.workspaceId))) refuse('not-found');
    await assertKey(options);
    return outside;
  }
  const workspace = WorkspaceId.safeParse(options.workspaceId);
  if (!workspace.success) refuse('not-found');
  const workspaceId = workspace.data;
  if (key && key.workspaceId !== workspaceId) refuse('not-found');
  const membership = await options.findMembership(house.db, person.id, workspaceId);
  if (!membership) refuse('not-found');
  if (!may(membership.role, operation)) refuse('not-allowed');
  await assertKey(options);
  const inside: WorkspaceContext = {
    ...outside,
    log: outside.log.child({ workspaceId }),
    workspaceId,
    role: membership.role,
    inWorkspace: (work) => recorder.inWorkspace(workspaceId, work),
  };
  return inside;
}

async function assertKey({ house, caller: { key }, operation, keys }: AdmitOptions): Promise<void> {
  if (!key) return;
  if (!keyMay(key.scopes, operation)) refuse('key-lacks-scope');
  if (key.isUseDue) await keys.noteUse(house.db, key);
}
