import { OpenAPIHandler } from '@orpc/openapi/fetch';
import { type AnyRouter, implement, ORPCError, ValidationError } from '@orpc/server';
import type { z } from 'zod';
import { type Contract, contract } from '#contract/index.ts';
import type { OperationName } from '#contract/operations.ts';
import type { Person } from '../auth/index.ts';
import { type House, type PersonContext, Refusal, type Routes, refuse } from '../context/index.ts';
import type { Texts } from '../texts/index.ts';
import { admitCall, type FindMembership } from './admit-call.ts';
import type { Call } from './call.ts';
import { findProblems } from './find-problems.ts';
import { findUnusableFields } from './find-unusable-fields.ts';
import { refusalBody, toRefusal } from './refusal-body.ts';

export interface OperationsOptions {
  house: House;
  texts: Texts;
  routes: Routes<keyof Contract>;
  findMembership: FindMembership;
}

/** Answers a signed-in person's call under /api, or null when no operation has this address and method. */
export type Operations = (request: Request, call: Call, person: Person) => Promise<Response | null>;

interface CallContext {
  call: Call;
  person: Person;
  /** Input as it came, once the operation is found. */
  raw?: unknown;
  verbContext?: PersonContext;
}

type LooseVerb = (context: PersonContext, input: unknown) => Promise<unknown>;
type LooseImplementer = Record<
  string,
  Record<string, { handler(run: (at: { context: CallContext; input: unknown }) => Promise<unknown>): unknown }>
>;

/**
 * Serves every operation of the contract: finds it by its address, admits the caller, holds the input to its schema
 * (unknown fields are refused), runs the verb, and turns whatever is thrown into a refusal.
 */
export function buildOperations({ house, texts, routes, findMembership }: OperationsOptions): Operations {
  const handler = new OpenAPIHandler<CallContext>(implementAll(routes), {
    customErrorResponseBodyEncoder: (error) => ({ defined: false, ...(error.data as object) }),
    interceptors: [
      async ({ context, next }) => {
        try {
          return await next();
        } catch (thrown) {
          const { call, person } = context;
          const refusal = toRefusal(asRefusal(thrown, context), call.log);
          const { requestId } = call;
          const body = refusalBody(refusal, { texts, language: person.language, requestId });
          throw new ORPCError(body.code, { status: body.status, message: body.message, data: body });
        }
      },
    ],
    clientInterceptors: [
      async ({ context, path, input, next }) => {
        const operation = path.join('.') as OperationName;
        const { call, person } = context;
        call.operation = operation;
        context.raw = input ?? {};
        const workspaceId = (input as { workspaceId?: string } | undefined)?.workspaceId;
        context.verbContext = await admitCall({ house, call, person, operation, workspaceId, findMembership });
        return next();
      },
    ],
  });
  return async (request, call, person) => {
    const { matched, response } = await handler.handle(request, { prefix: '/api', context: { call, person } });
    return matched ? response : null;
  };
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
  if (!context.verbContext) throw new Error('A verb was reached without being admitted.');
  return verb(context.verbContext, input);
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
