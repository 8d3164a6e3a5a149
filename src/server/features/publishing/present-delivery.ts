import type { z } from 'zod';
import type { Delivery } from '#contract/deliveries.ts';
import { currentPart, stateOfParts } from './post-state.rules.ts';
import type { DeliveryRow } from './tables.ts';

type WireDelivery = z.input<typeof Delivery>;

/** Rows of the ledger, part by part, to deliveries; a delivery's parts are shown in order. */
export function presentDeliveries(rows: readonly DeliveryRow[]): WireDelivery[] {
  const groups = Map.groupBy(rows, (row) => row.group_id);
  return [...groups.values()].map(presentDelivery).filter((delivery) => delivery !== null);
}

/** One delivery of its parts; null without a first part. */
export function presentDelivery(rows: readonly DeliveryRow[]): WireDelivery | null {
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
      role: 'post' as const,
      removedAt: null,
    })),
    removedAt: null,
    correctedAt: null,
    afterwards: { correct: false, takeDown: false },
    updatedAt: current.updated_at.toISOString(),
  };
}
