import type { ContractProcedure } from '@orpc/contract';
import type { z } from 'zod';
import type { Contract } from '#contract/index.ts';
import type { PersonContext, WorkspaceContext } from './context.ts';

/** A verb: the parsed input in, the answer out (ids unbranded, instants as ISO text). Throws `Refusal`. */
export type Verb<P> =
  P extends ContractProcedure<infer I, infer O, infer _E, infer _M>
    ? (
        context: I extends z.ZodType<{ workspaceId: string }> ? WorkspaceContext : PersonContext,
        input: I extends z.ZodType ? z.output<I> : undefined,
      ) => Promise<O extends z.ZodType ? z.input<O> : never>
    : never;

/** One slice's operations: `satisfies Routes<'goals' | 'objectives'>`. */
export type Routes<G extends keyof Contract> = { [K in G]: { [O in keyof Contract[K]]: Verb<Contract[K][O]> } };
