import { OpenAPIHandler } from '@orpc/openapi/fetch';
import { type AnyRouter, implement, ORPCError, ValidationError } from '@orpc/server';
import type { z } from 'zod';
import type { ApiKeyId, PersonId } from '#contract/ids.ts';
import { type Contract, contract } from '#contract/index.ts';
import type { OperationName } from '#contract/operations.ts';
import { policy } from '#contract/policy.ts';
import { type AnyoneContext, type House, Refusal, type Routes, refuse } from '../context/index.ts';
import type { Texts } from '../texts/index.ts';
import { admitCall, type FindMembership, shapeAnyone } from './admit-call.ts';
import type { Call } from './call.ts';
import { findProblems } from './find-problems.ts';
import { findUnusableFields } from './find-unusable-fields.ts';
import type { KeyRing, SignedIn } from './identify-caller.ts';
import { createRecorder, type RecordChange, type Recorder } from './record-change.ts';
import { refusalBody, toRefusal } from './refusal-body.ts';

export interface OperationsOptions {
  house: House;
  texts: Texts;
  routes: Routes<keyof Contract>;
  findMembership: FindMembership;
  keys: KeyRing;
  recordChange: RecordChange;
}

/** The contract's operations, served. */
export interface Operations {
  /**
   * Answers a call under /api, or null when no operation has this address and method. `caller` is null for somebody who
   * is not signed in: only operations for anyone may be called so.
   */
  answer(request: Request, call: Call, caller: SignedIn | null): Promise<Response | null>;
  /** Refuses whoever may not call this operation at this moment. */
  admit(call: Call, caller: SignedIn, operation: OperationName, workspaceId: string | undefined): Promise<void>;
}

interface CallContext {
  call: Call;
  caller: SignedIn | null;
  /** Input as it came, once the operation is found. */
  raw?: unknown;
  verbContext?: AnyoneContext;
  recorder?: Recorder;
  /** When it was one call too many: how long to wait. */
  retryAfterSeconds?: number;
}

type LooseVerb = (context: AnyoneContext, input: unknown) => Promise<unknown>;
type LooseImplementer = Record<
  string,
  Record<string, { handler(run: (at: { context: CallContext; input: unknown }) => Promise<unknown>): unknown }>
>;

/**
 * Serves every operation of the contract: finds it by its address, admits the caller, holds the input to its schema
 * (unknown fields are refused), runs the verb, and turns whatever is thrown into a refusal.
 */
export function buildOperations(options: OperationsOptions): Operations {
  const { texts, routes } = options;
  const handler = new OpenAPIHandler<CallContext>(implementAll(routes), {
    customErrorResponseBodyEncoder: (error) => ({ defined: false, ...(error.data as object) }),
    interceptors: [
      async ({ context, next }) => {
        try {
          return await next();
        } catch (thrown) {
          const { call, caller } = context;
          const refusal = toRefusal(asRefusal(thrown, context), call.log);
          const language = caller?.person.language ?? call.language;
          const wait = refusal.params['retryAfterSeconds'];
          if (typeof wait === 'number') context.retryAfterSeconds = wait;
          const body = refusalBody(refusal, { texts, language, requestId: call.requestId });
          throw new ORPCError(body.code, { status: body.status, message: body.message, data: body });
        }
      },
    ],
    clientInterceptors: [
      async ({ context, path, input, next }) => {
        const operation = path.join('.') as OperationName;
        context.call.operation = operation;
        context.raw = input ?? {};
        await admit(options, context, operation);
        return next();
      },
    ],
  });
  return {
    async answer(request, call, caller) {
      const context: CallContext = { call, caller };
      const { matched, response } = await handler.handle(request, { prefix: '/api', context });
      if (!matched) return null;
      if (context.retryAfterSeconds !== undefined)
        response.headers.set('retry-after', String(context.retryAfterSeconds));
      return response;
    },
    admit: (call, caller, operation, workspaceId) => admit(options, { call, caller, raw: { workspaceId } }, operation),
  };
}

async function admit(options: OperationsOptions, context: CallContext, operation: OperationName): Promise<void> {
  const { house, findMembership, keys, recordChange } = options;
  const { call, caller } = context;
  if (!caller) {
    if (policy[operation] !== 'anyone') refuse('signed-out');
    context.verbContext = shapeAnyone(house, call, operation);
    return;
  }
  const by = { personId: caller.person.id as PersonId, apiKeyId: (caller.key?.id ?? null) as ApiKeyId | null };
  const recorder = createRecorder({ db: house.db, operation, by, record: recordChange });
  const { workspaceId } = context.raw as { workspaceId?: string };
  context.verbContext = await admitCall({
    house,
    call,
    caller,
    operation,
    workspaceId,
    findMembership,
    keys,
    recorder,
  });
  context.recorder = recorder;
}

function implementAll(routes: Routes<keyof Contract>): AnyRouter {
  const implementer = implement(contract) as unknown as LooseImplementer;
  const verbs = routes as unknown as Record<string, Record<string, LooseVerb>>;
  const router: Record<string, Record<string, unknown>> = {};
  for (const [group, operations] of Object.entries(contract)) {
    router[group] = {};
    for (const name of Object.keys(operations)) {
      const verb = verbs[group]?.[name];
      const unbound = implementer[group]?.[name];
      if (!verb || !unbound) throw new Error(`The operation ${group}.${name} has no verb.`);
      (router[group] as Record<string, unknown>)[name] = unbound.handler(({ context, input }) =>
        run(verb, context, input),
      );
    }
  }
  return router as AnyRouter;
}

async function run(verb: LooseVerb, context: CallContext, input: unknown): Promise<unknown> {
  const unusable = findUnusableFields(context.raw, input ?? {});
  if (unusable.length > 0) refuse('input-invalid', { problems: unusable });
  const { verbContext, recorder } = context;
  if (!verbContext) throw new Error('A verb was reached without being admitted.');
  if (!recorder) return verb(verbContext, input);
  recorder.input = input;
  const answer = await verb(verbContext, input);
  if ('workspaceId' in verbContext) await recorder.finish(String(verbContext.workspaceId), answer);
  return answer;
}

/** oRPC's errors as refusals of ours; anything else comes back as it is. */
function asRefusal(thrown: unknown, context: CallContext): unknown {
  if (thrown instanceof Refusal) return thrown;
  // Nothing was found wrong by us before the operation was reached: the body could not be read.
  if (context.raw === undefined) return new Refusal('input-invalid', { problems: [{ field: '', code: 'malformed' }] });
  if (!(thrown instanceof ORPCError)) return thrown;
  if (thrown.code !== 'BAD_REQUEST' || !(thrown.cause instanceof ValidationError)) return thrown.cause ?? thrown;
  const problems = findProblems(thrown.cause.issues as unknown as z.core.$ZodIssue[], context.raw);
  // An id in the address that nobody can have is an address where nothing is.
  const { operation } = context.call;
  if (operation && problems.some(({ field }) => isInAddress(operation, field))) return new Refusal('not-found');
  return new Refusal('input-invalid', { problems });
}

function isInAddress(operation: string, field: string): boolean {
  const [group = '', name = ''] = operation.split('.');
  const operations: Record<string, Record<string, { '~orpc': { route: { path?: string } } }>> = contract;
  return operations[group]?.[name]?.['~orpc'].route.path?.includes(`{${field}}`) === true;
}
