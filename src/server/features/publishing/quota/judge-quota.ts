import type { FieldProblem } from '#contract/refusals.ts';
import type { KnownChannel } from '#server/features/channels/index.ts';
import type { Tx } from '#server/platform/db/index.ts';
import { fullestAround } from './quota.rules.ts';
import { listGoingOut, lockQuota } from './quota-store.ts';

const HOUR_MS = 3_600_000;

/**
 * Why so many more posts cannot go out on a channel at a time, or null: its network refuses what is over its quota.
 * Quotas that a network only advises keep nobody from anything.
 */
export async function judgeQuota(
  tx: Tx,
  channel: KnownChannel,
  { postId, at, count }: { postId: string; at: Date; count: number },
): Promise<Omit<FieldProblem, 'field'> | null> {
  const { quota } = channel;
  if (quota?.over !== 'refused') return null;
  const { max, perMs } = quota;
  await lockQuota(tx, channel.id);
  const [from, to] = [new Date(at.getTime() - perMs), new Date(at.getTime() + perMs)];
  const times = await listGoingOut(tx, channel.id, { from, to, exceptPostId: postId });
  const planned = fullestAround(times, { at: at.getTime(), count, perMs });
  if (planned <= max) return null;
  return { code: 'quota-full', params: { channel: channel.name, max, hours: Math.round(perMs / HOUR_MS) } };
}
