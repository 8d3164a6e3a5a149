import type { ContractProcedure } from '@orpc/contract';
import type { z } from 'zod';
import type { Contract } from '#contract/index.ts';
import type { policy } from '#contract/policy.ts';
import type { AnyoneContext, PersonContext, WorkspaceContext } from './context.ts';

type ContextOf<I, R> = R extends 'anyone'
  ? AnyoneContext
  : I extends z.ZodType<{ workspaceId: string }>
    ? WorkspaceContext
    : PersonContext;

/**
 * A verb: the parsed input in, the answer out (ids unbranded, instants as ISO text). Throws `Refusal`. `R` is its rule,
 * to be named where nobody need be signed in: `Verb<Contract['invitations']['look'], 'anyone'>`.
 */
export type Verb<P, R = 'signed-in'> =
  P extends ContractProcedure<infer I, infer O, infer _E, infer _M>
    ? (
        context: ContextOf<I, R>,
        input: I extends z.ZodType ? z.output<I> : undefined,
      ) => Promise<O extends z.ZodType ? z.input<O> : never>
    : never;

type RuleOf<N extends string> = N extends keyof typeof policy ? (typeof policy)[N] : never;

/** One slice's operations: `satisfies Routes<'goals' | 'objectives'>`. */
export type Routes<G extends keyof Contract> = {
  [K in G]: {
    [O in keyof Contract[K]]: Verb<Contract[K][O], RuleOf<`${K}.${O & string}`>>;
  };
};
