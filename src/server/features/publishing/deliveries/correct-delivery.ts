import { isDeepStrictEqual } from 'node:util';
import type { deliveries } from '#contract/deliveries.ts';
import type { FieldProblem } from '#contract/refusals.ts';
import { readClock } from '#server/platform/clock/index.ts';
import { refuse, type Verb } from '#server/platform/context/index.ts';
import { tellFact } from '#server/platform/facts/index.ts';
import { obstacleToCorrecting, problemsOfCorrection, wordsOut } from '../afterwards.rules.ts';
import { findParts } from '../delivery-store.ts';
import { presentDelivery } from '../present-delivery.ts';
import { problemsOf, readMediumFacts } from '../read-content.ts';
import { askCorrection, findLive } from './afterwards-store.ts';
import { finishAsked } from './finish-asked.ts';
import { goOnLater } from './finish-job.ts';
import { refuseFault } from './refuse-fault.ts';

/** A correction whose outcome is open keeps the next one off for this long: longer than a call to a network lasts. */
const BETWEEN_MS = 60_000;

/**
 * Makes what is live say something else, at the same address. Saying what it says already changes nothing. When the
 * network does not answer it is gone on with later, and the answer says so (`afterwards.asked`); when the network says no
 * it stays as it was and the refusal says why.
 */
export const correctDelivery: Verb<typeof deliveries.correct> = async (
  context,
  { workspaceId, deliveryId, content },
) => {
  const { house } = context;
  await context.inWorkspace(async (tx) => {
    const live = (await findLive(tx, deliveryId, { lock: true })) ?? refuse('not-found');
    const { first, parts } = live;
    const manifest = house.connectors.get(first.network)?.manifest ?? null;
    const obstacle = first.take_down_asked_at ? 'delivery-not-in-state' : obstacleToCorrecting(manifest, parts);
    if (obstacle || !manifest) refuse(obstacle ?? 'network-cannot', { params: { state: first.state } });
    // The one before may still be on the wire, and must not arrive after this one.
    const asked = first.correction_asked_at?.getTime() ?? 0;
    const now = (await readClock(tx)).getTime();
    if (now - asked < BETWEEN_MS || (first.finishing_until?.getTime() ?? 0) > now) refuse('delivery-on-its-way');
    const says = wordsOut(live.content, parts);
    const changed = problemsOfCorrection(says, parts, content);
    if (changed.length > 0) refuse('input-invalid', { problems: changed });
    const problems: FieldProblem[] = problemsOf(manifest, content, await readMediumFacts(tx, [content]))
      .filter(({ severity }) => severity === 'error')
      .map(({ field, code, params }) => ({ field: `content.${field}`, code, ...(params ? { params } : {}) }));
    if (problems.length > 0) refuse('content-invalid', { problems });
    if (isDeepStrictEqual(says, content) && !first.content_asked) return;
    await askCorrection(tx, deliveryId, content);
    await tellFact(tx, {
      workspaceId,
      kind: 'delivery.correction-asked',
      payload: { deliveryId, postId: first.post_id, channelId: first.channel_id },
      personId: context.personId,
    });
    await goOnLater(context, tx, { workspaceId, deliveryId });
  });
  const finish = await finishAsked(context, { workspaceId, deliveryId });
  if (finish.state === 'refused') refuseFault(finish.fault);
  const rows = await context.inWorkspace((tx) => findParts(tx, deliveryId));
  return presentDelivery(rows, house.connectors) ?? refuse('not-found');
};
