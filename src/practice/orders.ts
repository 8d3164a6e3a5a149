import { z } from 'zod';

/** What a call is, as orders name it. */
export const callKinds = [
  'sign-in',
  'refresh',
  'media',
  'upload',
  'post',
  'comment',
  'edit',
  'delete',
  'read',
  'figures',
  'act',
] as const;
export type CallKind = (typeof callKinds)[number];

/** How an answer may be changed after the call was done. */
export const answerShapes = [
  'other-fields',
  'wrong-types',
  'html',
  'truncated',
  'huge',
  'deep',
  'empty',
  'other-post',
] as const;

/** A 429: `seconds` and `date` say when, `none` does not, `day` and `app` name their scope, the others make no sense. */
export const limitForms = ['seconds', 'date', 'none', 'day', 'app', 'past', 'absurd'] as const;

/** A success that brings nothing: no field at all, or every token blank. Nothing was done. */
export const emptyForms = ['nothing', 'blank-tokens'] as const;

/** One way of going wrong. Names that end in `before` do nothing first; those that end in `after` do the call first. */
export const Misbehaviour = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('slow'), ms: z.int().min(0).max(120_000).default(5_000) }),
  z.object({
    kind: z.literal('rate-limit'),
    form: z.enum(limitForms).default('seconds'),
    seconds: z.int().min(0).max(86_400).default(2),
  }),
  z.object({ kind: z.literal('fail-before') }),
  z.object({ kind: z.literal('fail-after') }),
  z.object({ kind: z.literal('drop-before') }),
  z.object({ kind: z.literal('drop-after') }),
  z.object({ kind: z.literal('reset-in-answer') }),
  z.object({ kind: z.literal('credential-expired') }),
  z.object({ kind: z.literal('barred'), status: z.union([z.literal(401), z.literal(403)]).default(403) }),
  z.object({ kind: z.literal('permission-missing'), permission: z.string().max(100).default('posts-write') }),
  z.object({ kind: z.literal('changed-answer'), shape: z.enum(answerShapes).default('other-fields') }),
  z.object({ kind: z.literal('blocked-after') }),
  z.object({
    kind: z.literal('duplicate'),
    form: z.enum(['with-id', 'without-id', 'someone-elses']).default('with-id'),
  }),
  z.object({
    kind: z.literal('processing'),
    /** How often it is asked before it comes to its end. */
    asks: z.int().min(0).max(1_000).default(1),
    ends: z.enum(['live', 'failed']).default('live'),
  }),
  z.object({ kind: z.literal('media-not-ready') }),
  z.object({ kind: z.literal('cut-upload') }),
  z.object({ kind: z.literal('empty-answer'), form: z.enum(emptyForms).default('nothing') }),
]);
export type Misbehaviour = z.infer<typeof Misbehaviour>;

/** Misbehave so, for these calls. */
export const Order = z.object({
  misbehaviour: Misbehaviour,
  /** Handle; null: whoever calls. */
  account: z.string().max(60).nullable().default(null),
  /** Null: whatever is called. */
  call: z.enum(callKinds).nullable().default(null),
  /** Matching calls that are let through first. */
  skip: z.int().min(0).default(0),
  /** Calls that it holds for; null: until it is lifted. */
  times: z.int().min(1).nullable().default(1),
});
export type Order = z.infer<typeof Order>;

/** The orders that stand, in the order given. */
export interface Orders {
  give(order: Order): { id: number };
  lift(id: number): void;
  liftAll(): void;
  list(): (Order & { id: number })[];
  /** What is to go wrong with this call: every `slow` that fits and the first of all others. Counts the call. */
  take(call: { account: string | null; call: CallKind }): Misbehaviour[];
}

export function createOrders(): Orders {
  let standing: (Order & { id: number })[] = [];
  let given = 0;
  return {
    give(order) {
      given += 1;
      standing.push({ ...order, id: given });
      return { id: given };
    },
    lift(id) {
      standing = standing.filter((it) => it.id !== id);
    },
    liftAll() {
      standing = [];
    },
    list: () => structuredClone(standing),
    take(call) {
      const taken: Misbehaviour[] = [];
      for (const order of standing) {
        if (!fits(order, call)) continue;
        const isTaken = order.misbehaviour.kind !== 'slow' && taken.some(({ kind }) => kind !== 'slow');
        if (isTaken) continue;
        if (order.skip > 0) {
          order.skip -= 1;
          continue;
        }
        if (order.times !== null) order.times -= 1;
        taken.push(order.misbehaviour);
      }
      standing = standing.filter(({ times }) => times !== 0);
      return taken;
    },
  };
}

const fits = (order: Order, { account, call }: { account: string | null; call: CallKind }): boolean =>
  (order.account === null || order.account === account) && (order.call === null || order.call === call);
