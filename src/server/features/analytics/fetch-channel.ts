import type { InsightsFacet } from '#connectors/kit/contract.ts';
import type { Fault } from '#connectors/kit/faults.ts';
import type { Manifest } from '#connectors/kit/manifest.ts';
import { engagementParts, type MetricId } from '#contract/metrics.ts';
import { findChannels, spendRead, withAccount } from '#server/features/channels/index.ts';
import { listPublished, noteGone } from '#server/features/publishing/index.ts';
import { dayOf } from '#server/features/strategy/index.ts';
import { getZone } from '#server/features/team/index.ts';
import { readClock } from '#server/platform/clock/index.ts';
import type { Context } from '#server/platform/context/index.ts';
import { tellFact } from '#server/platform/facts/index.ts';
import { keepEngagements } from './engagement-store.ts';
import { nextLook } from './fetch-plan.rules.ts';
import { endPlans, type NextLook, takeDue, writeNextLooks } from './plan-store.ts';
import { offeredMetrics, readAnswer, readFailure } from './read-readings.ts';
import { addReadings, listFigures } from './reading-store.ts';
import type { DuePlan, NewReading } from './tables.ts';

/** Posts asked about in one round of a channel. */
const BATCH = 100;
/** What is due within this is taken along. */
const AHEAD_MS = 60_000;
/** After this a round that was lost counts as never begun. */
const LEASE_MS = 5 * 60_000;
/** The most acts that are read of one post. */
const ENGAGEMENT_LIMIT = 500;

interface Place {
  workspaceId: string;
  channelId: string;
}

/**
 * Looks at everything that is due on one channel: its posts in one call, its own figures in another, and who did what
 * with the posts whose counts have moved. While the network wants no questions all of it is put off. A failing call is kept as such beside the last good figures, and the plan goes
 * on. Returns how many subjects were looked at.
 */
export async function fetchChannel(context: Context, place: Place): Promise<number> {
  const { house } = context;
  let count = 0;
  for (;;) {
    const due = await house.db.inWorkspace(place.workspaceId, (tx) =>
      takeDue(tx, { channelId: place.channelId, limit: BATCH, aheadMs: AHEAD_MS, leaseMs: LEASE_MS }),
    );
    if (due.length > 0) await lookAt(context, place, due);
    count += due.length;
    if (due.length < BATCH) return count;
  }
}

/** What calls here are for. */
const reading = { operation: 'read' } as const;

/** What a round knows before it asks. */
interface Round extends Place {
  /** Until then the network wants no questions; null: it may be asked. */
  waitsUntil: Date | null;
  manifest: Manifest;
  insights: InsightsFacet;
  /** The network's ids of the parts that are due. */
  remoteIds: ReadonlyMap<string, string>;
  withAccountFigures: boolean;
  now: Date;
  day: string;
}

async function lookAt(context: Context, place: Place, due: readonly DuePlan[]): Promise<void> {
  const { house } = context;
  const round = await prepareRound(context, place, due);
  if (!round) {
    // Nobody measures here any more: the channel is archived, or its network is not known or tells nothing.
    const subjectIds = due.map((plan) => plan.delivery_id ?? place.channelId);
    await house.db.inWorkspace(place.workspaceId, (tx) => endPlans(tx, subjectIds));
    return;
  }
  const { waitsUntil } = round;
  if (waitsUntil) {
    const looks = due.map((plan) => ({ ...lookOf(plan), nextAt: waitsUntil }));
    await house.db.inWorkspace(place.workspaceId, (tx) => writeNextLooks(tx, looks));
    return;
  }
  const { readings, notBefore } = await ask(context, round);
  const moved = await house.db.inWorkspace(place.workspaceId, async (tx) => {
    const figures = await listFigures(tx, [place.channelId, ...round.remoteIds.keys()]);
    const before = new Map(figures.map((f) => [`${f.subject_id} ${f.metric}`, f.value]));
    await addReadings(tx, { workspaceId: place.workspaceId, readings, at: round.now, day: round.day });
    const { workspaceId, channelId } = place;
    if (hasMoved(readings, before))
      await tellFact(tx, { workspaceId, kind: 'figures.changed', payload: { channelId } });
    return movedParts(readings, before);
  });
  const gone = new Set(readings.flatMap((r) => (r.state === 'gone' && r.deliveryId ? [r.deliveryId] : [])));
  const looks: NextLook[] = [];
  const toAsk: { look: NextLook; partId: string; remoteId: string }[] = [];
  for (const plan of due) {
    const { delivery_id: partId, published_at: publishedAt } = plan;
    const remoteId = partId === null ? undefined : round.remoteIds.get(partId);
    const ended = partId !== null && (gone.has(partId) || remoteId === undefined);
    const nextAt = ended ? null : nextLook({ publishedAt, now: round.now, notBefore });
    const stale = plan.engagements_stale || (partId !== null && moved.has(partId));
    const look = { ...lookOf(plan), nextAt, engagementsStale: stale && round.insights.engagements !== undefined };
    if (look.engagementsStale && partId !== null && remoteId !== undefined && !ended) {
      toAsk.push({ look, partId, remoteId });
    } else looks.push(look);
  }
  await house.db.inWorkspace(place.workspaceId, async (tx) => {
    if (gone.size > 0) await noteGone(tx, [...gone]);
    await writeNextLooks(tx, looks);
  });
  for (const { look, partId, remoteId } of toAsk) {
    const engagementsStale = !(await askEngagements(context, round, { partId, remoteId }));
    await house.db.inWorkspace(place.workspaceId, (tx) => writeNextLooks(tx, [{ ...look, engagementsStale }]));
  }
}

/** A plan that was taken, as it is until its next look is known. */
const lookOf = (plan: DuePlan): NextLook => ({
  subjectId: plan.delivery_id ?? plan.channel_id,
  takenUntil: plan.taken_until,
  nextAt: null,
  engagementsStale: plan.engagements_stale,
});

async function prepareRound(context: Context, place: Place, due: readonly DuePlan[]): Promise<Round | null> {
  const { house } = context;
  return house.db.inWorkspace(place.workspaceId, async (tx) => {
    const [channel] = await findChannels(house, tx, [place.channelId]);
    const manifest = channel?.manifest;
    const insights = house.connectors.get(channel?.network ?? '')?.insights;
    if (!channel || channel.archived || !manifest || !insights) return null;
    const parts = await listPublished(tx, { deliveryIds: due.flatMap((plan) => plan.delivery_id ?? []) });
    const now = await readClock(tx);
    return {
      ...place,
      waitsUntil: await spendRead(house, tx, { ...place, network: channel.network }),
      manifest,
      insights,
      // What was taken down is not asked for: its last figures are the true ones.
      remoteIds: new Map(
        parts.flatMap(({ deliveryId, remoteId, removedAt }) =>
          remoteId === null || removedAt !== null ? [] : [[deliveryId, remoteId]],
        ),
      ),
      withAccountFigures: due.some((plan) => plan.delivery_id === null),
      now,
      day: dayOf(now, await getZone(tx)),
    };
  });
}

/** Asks for the posts' and the account's figures. `notBefore`: until then the network wants no more questions. */
async function ask(context: Context, round: Round): Promise<{ readings: NewReading[]; notBefore: Date | null }> {
  const { insights, manifest, remoteIds, channelId, day } = round;
  const readings: NewReading[] = [];
  let notBefore: Date | null = null;
  const fail = (subject: { channelId: string; deliveryId: string | null }, of: 'post' | 'account', fault: Fault) => {
    readings.push(...readFailure(subject, offeredMetrics(manifest, of, day), fault));
    if (fault.kind === 'rate-limited') notBefore = fault.retryAt;
  };
  if (remoteIds.size > 0) {
    const outcome = await withAccount(
      context,
      round,
      (_, call) => insights.posts(call, [...remoteIds.values()]),
      reading,
    );
    const answers = new Map(outcome.ok ? outcome.value.map((figures) => [figures.remoteId, figures.readings]) : []);
    for (const [deliveryId, remoteId] of remoteIds) {
      const subject = { channelId, deliveryId };
      if (outcome.ok) readings.push(...readAnswer(subject, answers.get(remoteId) ?? {}));
      else fail(subject, 'post', outcome.fault);
    }
  }
  if (round.withAccountFigures) {
    const subject = { channelId, deliveryId: null };
    const outcome = await withAccount(context, round, (_, call) => insights.account(call), reading);
    if (outcome.ok) readings.push(...readAnswer(subject, outcome.value));
    else fail(subject, 'account', outcome.fault);
  }
  return { readings, notBefore };
}

/** Whether any figure is another one than before. */
const hasMoved = (readings: readonly NewReading[], before: ReadonlyMap<string, number | null>): boolean =>
  readings.some((r) => r.state === 'value' && before.get(`${r.deliveryId ?? r.channelId} ${r.metric}`) !== r.value);

/** The parts of which a count that people stand behind has changed. */
function movedParts(readings: readonly NewReading[], before: ReadonlyMap<string, number | null>): Set<string> {
  const counted: readonly MetricId[] = engagementParts;
  return new Set(
    readings.flatMap((r) => {
      const known = r.deliveryId === null ? 0 : (before.get(`${r.deliveryId} ${r.metric}`) ?? 0);
      const moved = r.state === 'value' && counted.includes(r.metric) && r.value !== known;
      return moved && r.deliveryId !== null ? [r.deliveryId] : [];
    }),
  );
}

/** Reads and keeps who did what with one part; false when the network did not tell. */
async function askEngagements(
  context: Context,
  round: Round,
  { partId, remoteId }: { partId: string; remoteId: string },
): Promise<boolean> {
  const { engagements } = round.insights;
  if (!engagements) return true;
  const outcome = await withAccount(
    context,
    round,
    (_, call) => engagements(call, remoteId, ENGAGEMENT_LIMIT),
    reading,
  );
  if (!outcome.ok) return false;
  await context.house.db.inWorkspace(round.workspaceId, (tx) =>
    keepEngagements(tx, {
      workspaceId: round.workspaceId,
      deliveryId: partId,
      listed: outcome.value,
      complete: outcome.value.length < ENGAGEMENT_LIMIT,
      at: round.now,
    }),
  );
  return true;
}
