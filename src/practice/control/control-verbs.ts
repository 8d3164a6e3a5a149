import { z } from 'zod';
import type { Network } from '../network.ts';
import { NewAccount } from '../open-accounts.ts';
import { callKinds, Order } from '../orders.ts';
import { ApiRefusal } from '../refusal.ts';
import { presets } from './presets.ts';

/** What control may do, beyond the network itself. */
export interface Controls {
  network: Network;
  /** Takes no connections for a while, then listens again at the same address. */
  goOut(ms: number): void;
}

const text = z.string().max(200);
const longestOutageMs = 60_000;

/**
 * Everything that control can do, by name. Each reads its own fields: numbers may come as text, as forms send them.
 * Throws `ApiRefusal` for what makes no sense.
 */
export const controlVerbs: Record<string, (controls: Controls, fields: unknown) => object> = {
  /** Gives an order, in full or by the name of a preset. */
  order({ network }, fields) {
    const named = z.object({ preset: text }).safeParse(fields);
    if (!named.success) return network.orders.give(read(Order, fields));
    const { preset, account, call, times } = read(FormOrder, fields);
    const misbehaviour = presets.get(preset);
    if (!misbehaviour) throw new ApiRefusal(422, 'invalid', 'preset: not known');
    return network.orders.give(Order.parse({ misbehaviour, account: account || null, call: call || null, times }));
  },
  lift({ network }, fields) {
    network.orders.lift(read(z.object({ id: z.coerce.number() }), fields).id);
    return {};
  },
  'lift-all'({ network }) {
    network.orders.liftAll();
    return {};
  },
  'open-account'({ network }, fields) {
    return network.accounts.open(read(NewAccount, fields));
  },
  expire({ network }, fields) {
    network.accounts.expire(idOf(network, fields));
    return {};
  },
  revoke({ network }, fields) {
    network.accounts.revoke(idOf(network, fields));
    return {};
  },
  'read-lag'({ network }, fields) {
    const { ms } = read(z.object({ ms: z.coerce.number().int().min(0).max(60_000) }), fields);
    network.accounts.setReadLag(idOf(network, fields), ms);
    return {};
  },
  clock({ network }, fields) {
    const day = 86_400_000;
    network.clock.skewMs = read(z.object({ ms: z.coerce.number().int().min(-day).max(day) }), fields).ms;
    return {};
  },
  outage({ goOut }, fields) {
    goOut(read(z.object({ ms: z.coerce.number().int().min(1).max(longestOutageMs) }), fields).ms);
    return {};
  },
};

const FormOrder = z.object({
  preset: text,
  account: text.optional(),
  call: z.enum(['', ...callKinds]).optional(),
  times: z.coerce.number().int().min(1).max(10_000).default(1),
});

function idOf(network: Network, fields: unknown): string {
  const account = network.accounts.findByHandle(read(z.object({ account: text }), fields).account);
  if (!account) throw new ApiRefusal(404, 'not-found', 'There is no such account.');
  return account.id;
}

function read<T extends z.ZodType>(schema: T, fields: unknown): z.output<T> {
  const found = schema.safeParse(fields);
  if (found.success) return found.data;
  const [issue] = found.error.issues;
  throw new ApiRefusal(422, 'invalid', `${issue?.path.join('.') || 'body'}: ${issue?.message ?? 'invalid'}`);
}
