import type { Found, Sent } from '#connectors/kit/contract.ts';
import { type Fault, fail, type Outcome } from '#connectors/kit/faults.ts';
import { withAccount } from '#server/features/channels/index.ts';
import type { Context } from '#server/platform/context/index.ts';
import { findParts } from '../delivery-store.ts';
import { findLastAttempt } from './attempt-store.ts';

/** What the network shows of a delivery's unconfirmed part right now, or null when it does not show it or cannot say. */
export async function findSeen(
  context: Context,
  { workspaceId, deliveryId }: { workspaceId: string; deliveryId: string },
): Promise<Sent | null> {
  const open = await context.house.db.inWorkspace(workspaceId, async (tx) => {
    const part = (await findParts(tx, deliveryId)).find((it) => it.state === 'unconfirmed');
    const attempt = part && (await findLastAttempt(tx, part.id));
    return part && attempt ? { part, attempt } : null;
  });
  if (!open) return null;
  const { key, request, media_ids: mediaIds } = open.attempt;
  const place = { workspaceId, channelId: open.part.channel_id };
  const outcome: Outcome<Found, Fault> = await withAccount(
    context,
    place,
    (connector, call) => connector.publish.find(call, { key, request, mediaIds }),
    { proves: false },
  ).catch((error: unknown) => fail({ kind: 'temporarily-down' as const, said: String(error) }));
  return outcome.ok && outcome.value.found ? outcome.value.sent : null;
}
