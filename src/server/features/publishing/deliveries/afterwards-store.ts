import { sql } from 'kysely';
import type { Content } from '#contract/content.ts';
import type { Tx } from '#server/platform/db/index.ts';
import { findParts } from '../delivery-store.ts';
import type { DeliveryRow, KeptFault, PostRow, PublishingTables, VariantRow } from '../tables.ts';

/** A delivery as it stands out there, with what it was made from. */
export interface LiveDelivery {
  /** All parts in order. */
  parts: DeliveryRow[];
  /** Position 0, where what was asked is kept. */
  first: DeliveryRow;
  post: PostRow;
  variant: VariantRow;
  /** What it says there, as far as we know. */
  content: Content;
}

/** The delivery with this id, or null. With `lock` it stays as it is until the transaction ends. */
export async function findLive(
  tx: Tx,
  groupId: string,
  options: { lock?: boolean } = {},
): Promise<LiveDelivery | null> {
  const parts = await findParts(tx, groupId, options);
  const [first] = parts;
  if (!first) return null;
  const db = tx.withTables<PublishingTables>();
  const post = await db.selectFrom('post').selectAll().where('id', '=', first.post_id).executeTakeFirstOrThrow();
  const variant = await db
    .selectFrom('variant')
    .selectAll()
    .where('id', '=', first.variant_id)
    .executeTakeFirstOrThrow();
  return { parts, first, post, variant, content: first.content_live ?? variant.content ?? post.content };
}

/** Notes that it shall be taken down; a correction that was asked for before is off. */
export async function askTakeDown(tx: Tx, groupId: string): Promise<void> {
  await sql`UPDATE delivery SET take_down_asked_at = coalesce(take_down_asked_at, clock.now()), correction_asked_at = NULL,
      content_asked = NULL, updated_at = clock.now() WHERE id = ${groupId}`.execute(tx);
}

/** Notes what it shall say; words that were asked for before are off. */
export async function askCorrection(tx: Tx, groupId: string, content: Content): Promise<void> {
  await sql`UPDATE delivery SET correction_asked_at = clock.now(), content_asked = ${JSON.stringify(content)}::jsonb,
      updated_at = clock.now() WHERE id = ${groupId}`.execute(tx);
}

/**
 * What was asked at `askedAt` is done, or will not be done: nothing goes on by itself any more. What was asked anew
 * meanwhile stands.
 */
export async function forgetAsked(tx: Tx, groupId: string, askedAt: Date): Promise<boolean> {
  const result =
    await sql`UPDATE delivery SET take_down_asked_at = NULL, correction_asked_at = NULL, content_asked = NULL,
      updated_at = clock.now()
    WHERE id = ${groupId} AND ${askedAt} IN (take_down_asked_at, correction_asked_at)`.execute(tx);
  return (result.numAffectedRows ?? 0n) > 0n;
}

/** Notes that one part is gone there. False when that was known. */
export async function noteRemoved(tx: Tx, partId: string): Promise<boolean> {
  const result = await sql`UPDATE delivery SET removed_at = clock.now(), fault = NULL, updated_at = clock.now()
    WHERE id = ${partId} AND state = 'published' AND removed_at IS NULL`.execute(tx);
  return (result.numAffectedRows ?? 0n) > 0n;
}

/** Notes that one part says something else there, and what the whole says with it. */
export async function noteCorrected(
  tx: Tx,
  part: Pick<DeliveryRow, 'id' | 'group_id'>,
  { content, excerpt }: { content: Content; excerpt: string },
): Promise<void> {
  await sql`UPDATE delivery SET corrected_at = clock.now(), fault = NULL, excerpt = ${excerpt}, updated_at = clock.now()
    WHERE id = ${part.id} AND state = 'published' AND removed_at IS NULL`.execute(tx);
  await sql`UPDATE delivery SET content_live = ${JSON.stringify(content)}::jsonb, updated_at = clock.now()
    WHERE id = ${part.group_id} AND state = 'published' AND removed_at IS NULL`.execute(tx);
}

/**
 * Takes what is asked of a delivery for this process: two that call the network at once could leave the older words
 * there. False when another one is at it, or nothing is asked.
 */
export async function takeTurn(tx: Tx, groupId: string): Promise<boolean> {
  const result = await sql`UPDATE delivery SET finishing_until = clock.now() + make_interval(secs => ${TURN_MS / 1000})
    WHERE id = ${groupId} AND (take_down_asked_at IS NOT NULL OR correction_asked_at IS NOT NULL)
      AND (finishing_until IS NULL OR finishing_until < clock.now())`.execute(tx);
  return (result.numAffectedRows ?? 0n) > 0n;
}

/** Longer than one call to a network can last; who dies in it holds it as long. */
const TURN_MS = 150_000;

/** For the next call. */
export async function extendTurn(tx: Tx, groupId: string): Promise<void> {
  await sql`UPDATE delivery SET finishing_until = clock.now() + make_interval(secs => ${TURN_MS / 1000})
    WHERE id = ${groupId} AND finishing_until IS NOT NULL`.execute(tx);
}

/** Lets the next one go on with it. */
export async function giveTurnBack(tx: Tx, groupId: string): Promise<void> {
  await sql`UPDATE delivery SET finishing_until = NULL WHERE id = ${groupId}`.execute(tx);
}

/** Keeps what the network said against it, for people to read. */
export async function noteAfterwardsFault(tx: Tx, partId: string, fault: KeptFault): Promise<void> {
  await sql`UPDATE delivery SET fault = ${JSON.stringify(fault)}::jsonb, updated_at = clock.now()
    WHERE id = ${partId} AND state = 'published' AND removed_at IS NULL`.execute(tx);
}

/** Since when something is asked of it, or null. */
export async function findAskedAt(tx: Tx, groupId: string): Promise<Date | null> {
  const { rows } = await sql<{ at: Date | null }>`SELECT coalesce(take_down_asked_at, correction_asked_at) AS at
    FROM delivery WHERE id = ${groupId}`.execute(tx);
  return rows[0]?.at ?? null;
}
