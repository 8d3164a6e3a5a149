import type { z } from 'zod';
import type { Manifest } from '#connectors/kit/manifest.ts';
import type { Delivery } from '#contract/deliveries.ts';
import { obstacleToCorrecting, obstacleToTakingDown, removedAtOf } from './afterwards.rules.ts';
import { currentPart, stateOfParts } from './post-state.rules.ts';
import type { DeliveryRow } from './tables.ts';

type WireDelivery = z.input<typeof Delivery>;
/** What can be done afterwards depends on the network. */
type Networks = ReadonlyMap<string, { manifest: Manifest }>;

/** Rows of the ledger, part by part, to deliveries; a delivery's parts are shown in order. */
export function presentDeliveries(rows: readonly DeliveryRow[], networks: Networks): WireDelivery[] {
  const groups = Map.groupBy(rows, (row) => row.group_id);
  return [...groups.values()].map((parts) => presentDelivery(parts, networks)).filter((delivery) => delivery !== null);
}

/** One delivery of its parts; null without a first part. */
export function presentDelivery(rows: readonly DeliveryRow[], networks: Networks): WireDelivery | null {
  const parts = [...rows].sort((a, b) => a.position - b.position);
  const first = parts[0];
  if (!first) return null;
  const current = currentPart(parts) ?? first;
  return {
    id: first.group_id,
    postId: first.post_id,
    variantId: first.variant_id,
    channelId: first.channel_id,
    network: first.network,
    state: stateOfParts(parts),
    heldReason: current.held_reason,
    fault: current.fault,
    dueAt: first.due_at.toISOString(),
    zone: first.zone,
    localDue: first.local_due,
    latenessMs: first.first_send_at ? Math.max(0, first.first_send_at.getTime() - first.due_at.getTime()) : null,
    address: first.address,
    publishedAt: first.published_at?.toISOString() ?? null,
    excerpt: first.excerpt,
    parts: parts.map((part) => ({
      position: part.position,
      state: part.state,
      heldReason: part.held_reason,
      fault: part.fault,
      attempts: part.tries,
      remoteId: part.remote_id,
      address: part.address,
      publishedAt: part.published_at?.toISOString() ?? null,
      role: part.role,
      removedAt: part.removed_at?.toISOString() ?? null,
    })),
    removedAt: removedAtOf(parts)?.toISOString() ?? null,
    goneAt: goneAtOf(parts)?.toISOString() ?? null,
    correctedAt: correctedAtOf(parts)?.toISOString() ?? null,
    correctedContent: first.content_live,
    afterwards: presentAfterwards(parts, first, networks.get(first.network)?.manifest ?? null),
    updatedAt: current.updated_at.toISOString(),
  };
}

function presentAfterwards(
  parts: readonly DeliveryRow[],
  first: DeliveryRow,
  manifest: Manifest | null,
): WireDelivery['afterwards'] {
  const isGoing = first.take_down_asked_at !== null;
  return {
    correct: !isGoing && obstacleToCorrecting(manifest, parts) === null,
    takeDown: !isGoing && obstacleToTakingDown(manifest, parts) === null,
    asked: isGoing ? 'take-down' : first.correction_asked_at ? 'correct' : null,
  };
}

const correctedAtOf = (parts: readonly DeliveryRow[]): Date | null =>
  parts.reduce<Date | null>((last, { corrected_at: at }) => (at && (!last || at > last) ? at : last), null);

const goneAtOf = (parts: readonly DeliveryRow[]): Date | null =>
  parts.reduce<Date | null>(
    (first, { gone_at: at, removed_at: removed }) => (at && !removed && (!first || at < first) ? at : first),
    null,
  );
