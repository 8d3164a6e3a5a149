import type { FieldProblem } from '#contract/refusals.ts';
import { findChannels } from '#server/features/channels/index.ts';
import { type House, refuse } from '#server/platform/context/index.ts';
import type { Tx } from '#server/platform/db/index.ts';
import {
  deletePartsFrom,
  findParts,
  insertDelivery,
  insertParts,
  listDeliveriesOfPosts,
  moveDelivery,
  type NewDelivery,
  rescheduleParts,
  waitForLimits,
  wakeWorkers,
} from '../delivery-store.ts';
import { noteDue } from '../note-due.ts';
import { findPost, listVariants } from '../post-store.ts';
import { judgeQuota } from '../quota/index.ts';
import { ledgerPartsOf, problemsOf, readMediumFacts } from '../read-content.ts';

/**
 * Makes the ledger say what the post says: one delivery a variant at the planned time, its parts as many as the text
 * has, none for channels that were taken off. Refuses with every rule-book error by field, and where a network's quota is
 * full; changes nothing then.
 */
export async function syncDeliveries(
  house: House,
  tx: Tx,
  {
    workspaceId,
    postId,
    letGo,
  }: {
    workspaceId: string;
    postId: string /** A person said when it shall go out: what was held goes with it. */;
    letGo: boolean;
  },
): Promise<void> {
  const post = (await findPost(tx, postId)) ?? refuse('not-found');
  const variants = await listVariants(tx, [postId]);
  if (variants.length === 0) refuse('post-has-no-channels');
  if (!post.planned_at || !post.planned_zone || !post.planned_local)
    refuse('input-invalid', { problems: [{ field: 'plannedFor', code: 'required' }] });
  const { planned_at: dueAt, planned_zone: zone, planned_local: localDue } = post;

  const channels = new Map(
    (
      await findChannels(
        house,
        tx,
        variants.map((v) => v.channel_id),
      )
    ).map((c) => [c.id, c]),
  );
  const facts = await readMediumFacts(tx, [post.content, ...variants.map((v) => v.content)]);
  const problems: FieldProblem[] = variants.flatMap((variant, index) =>
    problemsOf(channels.get(variant.channel_id)?.manifest ?? null, variant.content ?? post.content, facts)
      .filter((problem) => problem.severity === 'error')
      .map(({ field, code, params }) => ({
        field: `variants.${index}.content.${field}`,
        code,
        ...(params ? { params } : {}),
      })),
  );
  for (const [index, variant] of variants.entries()) {
    const channel = channels.get(variant.channel_id);
    if (!channel?.manifest || channel.connection === 'not-connected')
      problems.push({ field: `variants.${index}.channelId`, code: 'channel-not-connected' });
  }
  if (problems.length > 0) refuse('content-invalid', { problems });

  const rows = await listDeliveriesOfPosts(tx, [postId]);
  const full: { index: number; problem: Omit<FieldProblem, 'field'> }[] = [];
  // In one order, because each locks its channel's plans until the end.
  for (const [index, variant] of [...variants.entries()].sort(([, a], [, b]) =>
    a.channel_id < b.channel_id ? -1 : 1,
  )) {
    const channel = channels.get(variant.channel_id);
    const count = (variant.content ?? post.content).parts.length;
    // What has its place already keeps it.
    const known = rows.filter(
      (row) => row.variant_id === variant.id && row.state !== 'cancelled' && row.role === 'post',
    );
    const isPlaced = known.length >= count && known.every((row) => row.due_at.getTime() === dueAt.getTime());
    const problem = channel && !isPlaced ? await judgeQuota(tx, channel, { postId, at: dueAt, count }) : null;
    if (problem) full.push({ index, problem });
  }
  const [first] = full.sort((a, b) => a.index - b.index);
  if (first) {
    const problems = full.map(({ index, problem }) => ({ field: `variants.${index}.channelId`, ...problem }));
    refuse('quota-full', { problems, params: first.problem.params ?? {} });
  }

  for (const variant of variants) {
    const channel = channels.get(variant.channel_id);
    const parts = ledgerPartsOf(variant.content ?? post.content);
    const delivery: NewDelivery = {
      workspaceId,
      postId,
      variantId: variant.id,
      channelId: variant.channel_id,
      network: channel?.network ?? '',
      dueAt,
      zone,
      localDue,
      parts,
    };
    const mine = Map.groupBy(
      rows.filter((row) => row.variant_id === variant.id),
      (row) => row.group_id,
    );
    let liveId: string | null = null;
    for (const [groupId, parts] of mine) {
      if (!parts.some((part) => part.state === 'cancelled')) liveId = groupId;
      // Half of it was taken off the calendar before: the rest goes too, and the post is entered anew.
      else for (const part of parts) await moveDelivery(tx, part.id, { to: 'cancelled', cause: 'person' });
    }
    if (liveId === null) await insertDelivery(tx, delivery);
    else await changeDelivery(tx, liveId, delivery, { letGo });
  }
  await waitForLimits(tx, [...channels.keys()]);
  const kept = new Set(variants.map((v) => v.id));
  for (const row of rows) {
    if (!kept.has(row.variant_id)) await moveDelivery(tx, row.id, { to: 'cancelled', cause: 'person' });
  }
  await noteDue(tx, [...new Set([...variants.map((v) => v.channel_id), ...rows.map((r) => r.channel_id)])]);
  await wakeWorkers(tx);
}

async function changeDelivery(
  tx: Tx,
  groupId: string,
  delivery: NewDelivery,
  { letGo }: { letGo: boolean },
): Promise<void> {
  const parts = await findParts(tx, groupId, { lock: true });
  if (parts.length > delivery.parts.length) await deletePartsFrom(tx, groupId, delivery.parts.length);
  await rescheduleParts(tx, groupId, { ...delivery, letGo });
  if (parts.length < delivery.parts.length) await insertParts(tx, groupId, delivery, parts.length);
}
