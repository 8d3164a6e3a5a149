import type { z } from 'zod';
import type { Content } from '#contract/content.ts';
import type { Serves } from '#contract/posts.ts';
import { findChannels, type KnownChannel } from '#server/features/channels/index.ts';
import { registerMediaUse } from '#server/features/media/index.ts';
import { findServed } from '#server/features/strategy/index.ts';
import { type House, refuseField } from '#server/platform/context/index.ts';
import type { Tx } from '#server/platform/db/index.ts';
import { findPost, listVariants, type PostFields } from '../post-store.ts';
import { mediumIdsOf } from '../read-content.ts';
import { readPlanned } from './read-planned.ts';

/** What a caller may say of a post, parsed. */
export interface PostInput {
  content?: Content | undefined;
  language?: string | undefined;
  serves?: z.output<typeof Serves> | undefined;
  pillar?: PostFields['pillar'] | undefined;
  personaId?: string | null | undefined;
  keyMessageId?: string | null | undefined;
  plannedFor?: { local: string; zone: string } | null | undefined;
  variants?: readonly { channelId: string; content: Content | null }[] | undefined;
}

/** The caller's words as columns; goal and initiative must be the workspace's own. Refusals name the field. */
export async function shapePost(tx: Tx, input: PostInput): Promise<Partial<PostFields>> {
  const { content, language, pillar, personaId, keyMessageId } = input;
  return {
    ...(content === undefined ? {} : { content }),
    ...(language === undefined ? {} : { language }),
    ...(pillar === undefined ? {} : { pillar }),
    ...(personaId === undefined ? {} : { persona_id: personaId }),
    ...(keyMessageId === undefined ? {} : { key_message_id: keyMessageId }),
    ...(input.serves === undefined ? {} : await shapeServes(tx, input.serves)),
    ...(input.plannedFor === undefined ? {} : shapePlanned(input.plannedFor)),
  };
}

async function shapeServes(
  tx: Tx,
  serves: z.output<typeof Serves>,
): Promise<Pick<PostFields, 'serves' | 'goal_id' | 'initiative_id'>> {
  if (serves.kind === 'none' || serves.kind === 'undecided')
    return { serves: serves.kind, goal_id: null, initiative_id: null };
  const served = await findServed(tx, serves);
  if (!served) refuseField(serves.kind === 'goal' ? 'serves.goalId' : 'serves.initiativeId', 'not-found');
  return { serves: serves.kind, goal_id: served.goalId, initiative_id: served.initiativeId };
}

/** A wall-clock time as columns; null takes the plan away. `field`: where the caller said it. */
export function shapePlanned(
  planned: { local: string; zone: string } | null,
  field = 'plannedFor',
): Pick<PostFields, 'planned_local' | 'planned_zone' | 'planned_at'> {
  if (planned === null) return { planned_local: null, planned_zone: null, planned_at: null };
  return { planned_local: planned.local, planned_zone: planned.zone, planned_at: readPlanned(planned, field).at };
}

/** The channels of the variants, all of them the workspace's own and not archived; each at most once. */
export async function checkVariants(
  house: House,
  tx: Tx,
  variants: NonNullable<PostInput['variants']>,
): Promise<KnownChannel[]> {
  const known = await findChannels(
    house,
    tx,
    variants.map((v) => v.channelId),
  );
  for (const [index, { channelId }] of variants.entries()) {
    const channel = known.find((c) => c.id === channelId);
    if (!channel || channel.archived) refuseField(`variants.${index}.channelId`, 'not-found');
    if (variants.findIndex((v) => v.channelId === channelId) !== index)
      refuseField(`variants.${index}.channelId`, 'given-twice');
  }
  return known;
}

/**
 * Registers which pictures the post uses as it stands now, so that they are not deleted under it. Refuses pictures that
 * are not the workspace's own.
 */
export async function registerMedia(
  tx: Tx,
  { workspaceId, postId }: { workspaceId: string; postId: string },
): Promise<void> {
  const post = await findPost(tx, postId);
  const variants = await listVariants(tx, [postId]);
  const mediumIds = post ? mediumIdsOf([post.content, ...variants.map((variant) => variant.content)]) : [];
  const { unknownIds } = await registerMediaUse(tx, { workspaceId, kind: 'post', userId: postId, mediumIds });
  if (unknownIds.length > 0) refuseField('content', 'medium-unknown');
}
