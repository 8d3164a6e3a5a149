import { z } from 'zod';
import { ownActs } from '#contract/audit.ts';
import type { FactHearer, Hearers } from '#server/platform/facts/index.ts';
import { appendLine } from './append-line.ts';
import { findPlanner, isFactKept } from './audit-store.ts';

/** The particulars of such a fact that may stand in the log. */
const Told = z.object({
  deliveryId: told(z.uuid()),
  channelId: told(z.uuid()),
  postId: told(z.uuid()),
  position: told(z.int()),
  network: told(z.string().max(60)),
  fault: told(z.string().max(60)),
  /** Which send it was, from 1. */
  attempt: told(z.int()),
});

/** What is not there, or is not what it should be, is left out: the fact stands in the log all the same. */
function told<T extends z.ZodType>(field: T) {
  return field.optional().catch(undefined);
}

/** Writes one line a fact, however often it is heard. Of a post it says who planned it. */
const keep: FactHearer = async ({ house }, fact) => {
  const { deliveryId, ...given } = Told.parse(fact.payload);
  await house.db.inWorkspace(fact.workspaceId, async (tx) => {
    const planner = given.postId === undefined ? null : await findPlanner(tx, given.postId);
    const onDelivery = deliveryId !== undefined;
    const { channelId, ...rest } = given;
    const line = {
      workspaceId: fact.workspaceId,
      byKind: 'system' as const,
      personId: null,
      keyId: null,
      action: fact.kind,
      subjectKind: onDelivery ? 'delivery' : channelId === undefined ? null : 'channel',
      subjectId: deliveryId ?? channelId ?? null,
      detail: withoutAbsent({
        ...rest,
        ...(onDelivery ? { channelId } : {}),
        ...(planner === null ? {} : { plannedById: planner }),
      }),
      factId: fact.id,
    };
    await appendLine(tx, line, { ifAnything: false, unless: () => isFactKept(tx, fact.id) });
  });
};

export const auditHearers: Hearers = ownActs.map((kind) => ({ kind, hear: keep }));

const withoutAbsent = (fields: Record<string, string | number | undefined>): Record<string, string | number> =>
  Object.fromEntries(
    Object.entries(fields).filter((field): field is [string, string | number] => field[1] !== undefined),
  );
