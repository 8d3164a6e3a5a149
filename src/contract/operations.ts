import type { AnyContractProcedure, InferContractRouterInputs, InferContractRouterOutputs } from '@orpc/contract';
import type { Contract } from './index.ts';

/** Names of all operations, `group.verb`. */
export type OperationName = {
  [G in keyof Contract & string]: `${G}.${keyof Contract[G] & string}`;
}[keyof Contract & string];

type Inputs = InferContractRouterInputs<Contract>;
type Outputs = InferContractRouterOutputs<Contract>;

/** What a caller gets from an operation: `Answer<'goals', 'get'>`. */
export type Answer<G extends keyof Contract, O extends keyof Contract[G]> = G extends keyof Outputs
  ? O extends keyof Outputs[G]
    ? Outputs[G][O]
    : never
  : never;

/** What a caller gives to an operation, before defaults. */
export type Question<G extends keyof Contract, O extends keyof Contract[G]> = G extends keyof Inputs
  ? O extends keyof Inputs[G]
    ? Inputs[G][O]
    : never
  : never;

export type { AnyContractProcedure };
