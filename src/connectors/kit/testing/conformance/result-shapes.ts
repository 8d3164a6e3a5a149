import assert from 'node:assert/strict';
import { z } from 'zod';
import type { Fault, Outcome } from '../../faults.ts';

const WebAddress = z.string().refine((url) => URL.canParse(url) && /^https?:$/.test(new URL(url).protocol));
/** On one line, without characters that nobody sees. */
const Line = z
  .string()
  .max(300)
  .refine((text) => !/\p{Cc}|[\u200e\u200f\u202a-\u202e\u2066-\u2069]/u.test(text), 'hidden characters');
const Instant = z.date().refine((at) => !Number.isNaN(at.getTime()));
const Count = z.int().min(0);

const Reading = z.discriminatedUnion('state', [
  z.strictObject({ state: z.literal('value'), value: Count }),
  z.strictObject({ state: z.literal('not-offered') }),
  z.strictObject({ state: z.literal('no-permission'), permission: z.string() }),
  z.strictObject({ state: z.literal('gone') }),
]);
const Readings = z.record(z.string(), Reading);
const Account = z.strictObject({
  remoteId: z.string().min(1),
  handle: Line.min(1),
  name: Line.min(1),
  address: WebAddress,
  server: WebAddress.nullable(),
});
const Sent = z.strictObject({ remoteId: z.string().min(1), address: WebAddress.nullable(), receipt: z.json() });

/** What a call may return, by what was called. */
export const results = {
  connect: z.strictObject({
    account: Account,
    credential: z.json(),
    expiresAt: Instant.nullable(),
    endsAt: Instant.nullable().optional(),
    scopes: z.array(z.string()),
    quota: z.int().min(1).nullable().optional(),
  }),
  refresh: z.strictObject({
    credential: z.json(),
    expiresAt: Instant.nullable(),
    endsAt: Instant.nullable().optional(),
  }),
  prepare: z.strictObject({ key: z.string().min(1).nullable(), request: z.json(), mediaIds: z.array(z.string()) }),
  send: Sent,
  find: z.discriminatedUnion('found', [
    z.strictObject({ found: z.literal(true), sent: Sent }),
    z.strictObject({ found: z.literal(false), conclusive: z.boolean() }),
  ]),
  check: Sent,
  correct: Sent,
  remove: z.null(),
  posts: z.array(z.strictObject({ remoteId: z.string(), readings: Readings })),
  account: Readings,
  engagements: z.array(
    z.strictObject({
      remoteId: z.string().min(1),
      kind: z.enum(['like', 'repost', 'reply', 'quote']),
      actor: z.strictObject({
        remoteId: z.string().min(1),
        handle: Line.min(1),
        name: Line.min(1),
        address: WebAddress,
      }),
      text: z
        .string()
        .max(20_000)
        .refine((text) => !/(?!\n)\p{Cc}/u.test(text))
        .nullable(),
      address: WebAddress.nullable(),
      at: Instant.nullable(),
    }),
  ),
};
export type CallName = keyof typeof results;

const said = { said: z.string().max(500), reached: z.enum(['no', 'unknown']).optional() };
const text = z.string().max(1_000);
const KnownFault = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('credential-rejected'), ...said }),
  z.strictObject({ kind: z.literal('permission-missing'), permission: text.min(1), ...said }),
  z.strictObject({
    kind: z.literal('rate-limited'),
    retryAt: Instant.nullable(),
    scope: z.enum(['call', 'day', 'app']),
    ...said,
  }),
  z.strictObject({ kind: z.literal('content-rejected'), field: text.min(1), reason: text.min(1), ...said }),
  z.strictObject({ kind: z.literal('duplicate'), existingId: text.nullable(), ...said }),
  z.strictObject({ kind: z.literal('still-processing'), token: text.min(1), ...said }),
  z.strictObject({ kind: z.literal('temporarily-down'), ...said }),
  z.strictObject({ kind: z.literal('outcome-unknown'), ...said }),
  z.strictObject({ kind: z.literal('contract-broken'), path: text, ...said }),
]);

/** Fails unless an outcome is one that the contract allows for this call. */
export function assertWellFormed(name: CallName, outcome: Outcome<unknown, Fault>): void {
  const read = outcome.ok ? results[name].safeParse(outcome.value) : KnownFault.safeParse(outcome.fault);
  assert.ok(read.success, `${name} returned what the contract does not know: ${read.error?.message.slice(0, 600)}`);
  if (name === 'send' && !outcome.ok) assert.ok('reached' in outcome.fault, 'A fault of a send says what it reached.');
}
