import { z } from 'zod';
import { ownActs } from '#contract/audit.ts';
import type { FactHearer, Hearers } from '#server/platform/facts/index.ts';
import { appendFactLines } from './append-line.ts';
import { findPlanners } from './audit-store.ts';

/** The particulars of such a fact that may stand in the log. */
const Told = z.object({
  deliveryId: told(z.uuid()),
  channelId: told(z.uuid()),
  postId: told(z.uuid()),
  position: told(z.int()),
  network: told(z.string().max(60)),
  fault: told(z.string().max(60)),
  /** By which link the channel was connected again, and who had made it. */
  reconnectLinkId: told(z.uuid()),
  madeById: told(z.string().max(64)),
  /** Which send it was, from 1. */
  attempt: told(z.int()),
});

/** What is not there, or is not what it should be, is left out: the fact stands in the log all the same. */
function told<T extends z.ZodType>(field: T) {
  return field.optional().catch(undefined);
}

/** Writes one line a fact, however often it is heard. Of a post it says who planned it. */
const keep: FactHearer = async ({ house }, facts) => {
  const { workspaceId } = facts[0];
  const told = facts.map((fact) => ({ fact, given: Told.parse(fact.payload) }));
  await house.db.inWorkspace(workspaceId, async (tx) => {
    const planners = await findPlanners(
      tx,
      told.flatMap(({ given }) => given.postId ?? []),
    );
    const lines = told.map(({ fact, given: { deliveryId, ...given } }) => {
      const planner = given.postId === undefined ? undefined : planners.get(given.postId);
      const onDelivery = deliveryId !== undefined;
      const { channelId, ...rest } = given;
      return {
        workspaceId,
        byKind: 'system' as const,
        personId: null,
        keyId: null,
        action: fact.kind,
        subjectKind: onDelivery ? 'delivery' : channelId === undefined ? null : 'channel',
        subjectId: deliveryId ?? channelId ?? null,
        detail: withoutAbsent({
          ...rest,
          ...(onDelivery ? { channelId } : {}),
          ...(planner === undefined ? {} : { plannedById: planner }),
        }),
        factId: fact.id,
      };
    });
    await appendFactLines(tx, lines);
  });
};

export const auditHearers: Hearers = ownActs.map((kind) => ({ kind, hear: keep }));

const withoutAbsent = (fields: Record<string, string | number | undefined>): Record<string, string | number> =>
  Object.fromEntries(
    Object.entries(fields).filter((field): field is [string, string | number] => field[1] !== undefined),
  );
