import type { z } from 'zod';
import type { Content, MediumFacts } from '#contract/content.ts';
import type { Delivery, DeliveryState } from '#contract/deliveries.ts';
import type { Post, Serves } from '#contract/posts.ts';
import { findChannels, type KnownChannel } from '#server/features/channels/index.ts';
import type { House } from '#server/platform/context/index.ts';
import type { Tx } from '#server/platform/db/index.ts';
import { listDeliveriesOfPosts } from './delivery-store.ts';
import { localTimeOf } from './planned-time.rules.ts';
import { stateOfPost } from './post-state.rules.ts';
import { listVariants } from './post-store.ts';
import { presentDeliveries } from './present-delivery.ts';
import { problemsOf, readMediumFacts } from './read-content.ts';
import type { PostRow, VariantRow } from './tables.ts';

type WirePost = z.input<typeof Post>;

/** Posts as they go to the wire, with variants, what the rule book says of them, and deliveries. */
export async function presentPosts(house: House, tx: Tx, rows: readonly PostRow[]): Promise<WirePost[]> {
  const ids = rows.map((row) => row.id);
  const variants = await listVariants(tx, ids);
  const deliveries = presentDeliveries(await listDeliveriesOfPosts(tx, ids), house.connectors);
  const channels = new Map(
    (await findChannels(house, tx, [...new Set(variants.map((v) => v.channel_id))])).map((c) => [c.id, c]),
  );
  const facts = await readMediumFacts(tx, [...rows.map((row) => row.content), ...variants.map((v) => v.content)]);
  return rows.map((row) =>
    presentPost(row, {
      variants: variants.filter((v) => v.post_id === row.id),
      deliveries: deliveries.filter((d) => d.postId === row.id),
      channels,
      facts,
    }),
  );
}

function presentPost(
  row: PostRow,
  around: {
    variants: VariantRow[];
    deliveries: z.input<typeof Delivery>[];
    channels: Map<string, KnownChannel>;
    facts: ReadonlyMap<string, MediumFacts>;
  },
): WirePost {
  return {
    id: row.id,
    state: stateOfPost(around.deliveries.flatMap(statesOf)),
    content: row.content,
    language: row.language,
    serves: presentServes(row),
    pillar: row.pillar,
    personaId: row.persona_id,
    keyMessageId: row.key_message_id,
    variants: around.variants.map((variant) => presentVariant(variant, row.content, around)),
    deliveries: around.deliveries.filter((d) => d.state !== 'cancelled'),
    plannedFor: presentPlanned(row),
    authorId: row.author_id,
    revision: row.revision,
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
  };
}

/** A delivery of which only a part is out counts as both: what is public, and where the rest stands. */
const statesOf = ({ state, parts }: z.input<typeof Delivery>): DeliveryState[] =>
  state !== 'published' && parts.some((part) => part.state === 'published') ? ['published', state] : [state];

function presentVariant(
  variant: VariantRow,
  base: Content,
  { channels, facts }: { channels: Map<string, KnownChannel>; facts: ReadonlyMap<string, MediumFacts> },
): WirePost['variants'][number] {
  const manifest = channels.get(variant.channel_id)?.manifest ?? null;
  return {
    id: variant.id,
    channelId: variant.channel_id,
    content: variant.content,
    problems: problemsOf(manifest, variant.content ?? base, facts),
  };
}

function presentServes(row: PostRow): z.input<typeof Serves> {
  if (row.serves === 'initiative' && row.initiative_id) return { kind: 'initiative', initiativeId: row.initiative_id };
  if (row.serves === 'goal' && row.goal_id) return { kind: 'goal', goalId: row.goal_id };
  return { kind: row.serves === 'none' ? 'none' : 'undecided' };
}

function presentPlanned(row: PostRow): WirePost['plannedFor'] {
  if (!row.planned_local || !row.planned_zone || !row.planned_at) return null;
  return {
    local: row.planned_local,
    zone: row.planned_zone,
    at: row.planned_at.toISOString(),
    moved: localTimeOf(row.planned_at, row.planned_zone) !== row.planned_local,
  };
}
