import { isDeepStrictEqual } from 'node:util';
import type { Connector } from '#connectors/kit/contract.ts';
import { type Fault, fail, type Outcome, ok } from '#connectors/kit/faults.ts';
import type { Content } from '#contract/content.ts';
import { withAccount } from '#server/features/channels/index.ts';
import { readClock } from '#server/platform/clock/index.ts';
import type { Context } from '#server/platform/context/index.ts';
import type { Tx } from '#server/platform/db/index.ts';
import { tellFact } from '#server/platform/facts/index.ts';
import { livePartsOf, withPart, wordsOut } from '../afterwards.rules.ts';
import { shapePart } from '../engine/index.ts';
import { keepFault } from '../keep-fault.ts';
import { ledgerPartsOf } from '../read-content.ts';
import type { DeliveryRow } from '../tables.ts';
import {
  extendTurn,
  findLive,
  forgetAsked,
  giveTurnBack,
  type LiveDelivery,
  noteAfterwardsFault,
  noteCorrected,
  noteRemoved,
  takeTurn,
} from './afterwards-store.ts';

/** How long the network is asked again before it is given up. */
const GIVE_UP_MS = 24 * 60 * 60_000;

/** What came of it: nothing is left to do, it is gone on with later, or the network will not have it. */
export type Finish = { state: 'done' } | { state: 'later' } | { state: 'refused'; fault: Fault };

interface Place {
  workspaceId: string;
  deliveryId: string;
}

/**
 * Does with a published delivery what was asked of it: takes it down from its last part to its first, or corrects its
 * words part by part. Each step is noted as it is done, so that whoever comes next goes on from there; all of it may be
 * repeated. A network that does not answer leaves it standing for later; one that says no ends it. One process at a time:
 * for the others it is gone on with later.
 */
export async function finishAsked(context: Context, place: Place): Promise<Finish> {
  const { house } = context;
  const open = await house.db.inWorkspace(place.workspaceId, async (tx) => {
    const isMine = await takeTurn(tx, place.deliveryId);
    const live = await findLive(tx, place.deliveryId);
    return live && { live, isMine, now: await readClock(tx) };
  });
  const askedAt = open?.live.first.take_down_asked_at ?? open?.live.first.correction_asked_at;
  if (!open || !askedAt) return { state: 'done' };
  if (!open.isMine) return { state: 'later' };
  const { live, now } = open;
  const step = live.first.take_down_asked_at
    ? await takeDownParts(context, live)
    : await correctParts(context, live, now);
  if (step.ok) {
    await house.db.inWorkspace(place.workspaceId, async (tx) => {
      await giveTurnBack(tx, place.deliveryId);
      const isMine = await forgetAsked(tx, place.deliveryId, askedAt);
      if (isMine && live.first.correction_asked_at) await tell(tx, live.first, 'delivery.corrected');
    });
    return { state: 'done' };
  }
  const { fault, part } = step.fault;
  const isOver = isFinal(fault) || now.getTime() - askedAt.getTime() > GIVE_UP_MS;
  await house.db.inWorkspace(place.workspaceId, async (tx) => {
    await giveTurnBack(tx, place.deliveryId);
    await noteAfterwardsFault(tx, part.id, keepFault(fault, now));
    if (isOver && (await forgetAsked(tx, place.deliveryId, askedAt)))
      await tell(tx, part, live.first.take_down_asked_at ? 'delivery.stays-up' : 'delivery.stays-uncorrected');
  });
  return isOver ? { state: 'refused', fault } : { state: 'later' };
}

type Step = Outcome<null, { fault: Fault; part: DeliveryRow }>;

/** Asking again would bring the same answer: a person has to do something first. */
function isFinal({ kind }: Fault): boolean {
  return (
    kind === 'credential-rejected' ||
    kind === 'permission-missing' ||
    kind === 'content-rejected' ||
    kind === 'duplicate'
  );
}

const placeOf = (part: DeliveryRow) => ({ workspaceId: part.workspace_id, channelId: part.channel_id });
const cannot: Fault = { kind: 'permission-missing', permission: '', said: 'The network has no such thing.' };

/** From the last to the first: what stands beneath a post goes before it. */
async function takeDownParts(context: Context, live: LiveDelivery): Promise<Step> {
  for (const part of livePartsOf(live.parts).toReversed()) {
    const removed: Outcome<null, Fault> = await withAccount(context, placeOf(part), async (connector, call) =>
      connector.publish.remove && part.remote_id !== null
        ? connector.publish.remove(call, part.remote_id)
        : fail(cannot),
    );
    if (!removed.ok) return fail({ fault: removed.fault, part });
    await context.house.db.inWorkspace(part.workspace_id, async (tx) => {
      if (await noteRemoved(tx, part.id)) await tell(tx, part, 'delivery.removed');
      await extendTurn(tx, part.group_id);
    });
  }
  return ok(null);
}

async function correctParts(context: Context, live: LiveDelivery, now: Date): Promise<Step> {
  const { content_asked: next } = live.first;
  const parts = livePartsOf(live.parts);
  let says = wordsOut(live.content, live.parts);
  for (const part of next ? parts : []) {
    const then = next ? withPart(says, next, part) : says;
    if (isDeepStrictEqual(then, says)) continue;
    const corrected = await correctPart(context, live, { part, content: then, now });
    if (!corrected.ok) return fail({ fault: corrected.fault, part });
    says = then;
    const excerpt = ledgerPartsOf(says)[parts.indexOf(part)]?.excerpt ?? part.excerpt;
    await context.house.db.inWorkspace(part.workspace_id, async (tx) => {
      await noteCorrected(tx, part, { content: says, excerpt });
      await extendTurn(tx, part.group_id);
    });
  }
  return ok(null);
}

async function correctPart(
  context: Context,
  live: LiveDelivery,
  { part, content, now }: { part: DeliveryRow; content: Content; now: Date },
): Promise<Outcome<null, Fault>> {
  const { post, variant, parts } = live;
  const before = parts.filter((it) => it.position < (part.role === 'comment' ? 1 : part.position));
  return withAccount<null, Fault>(context, placeOf(part), async (connector: Connector, call) => {
    const { correct } = connector.publish;
    if (!correct || part.remote_id === null) return fail(cannot);
    const shaped = await shapePart(
      context,
      { part, post, variant: { ...variant, content }, before, preparedAt: part.prepared_at ?? now },
      { manifest: connector.manifest, signal: call.signal },
    );
    if (!shaped.ok) return shaped;
    const outcome = await correct(call, part.remote_id, shaped.value);
    return outcome.ok ? ok(null) : outcome;
  });
}

const tell = (tx: Tx, part: DeliveryRow, kind: string) =>
  tellFact(tx, {
    workspaceId: part.workspace_id,
    kind,
    payload: {
      deliveryId: part.id,
      groupId: part.group_id,
      position: part.position,
      postId: part.post_id,
      channelId: part.channel_id,
      network: part.network,
      remoteId: part.remote_id,
    },
  });
