import type { MediumToSend, PartToSend } from '#connectors/kit/contract.ts';
import { type Fault, fail, type Outcome, ok } from '#connectors/kit/faults.ts';
import type { Manifest } from '#connectors/kit/manifest.ts';
import type { Part } from '#contract/content.ts';
import { renderMedium } from '#server/features/media/index.ts';
import type { Context } from '#server/platform/context/index.ts';
import type { Load } from './attempt-store.ts';
import { readLinkCard } from './read-link-card.ts';

/** One part as the connector wants it: pictures rendered within the network's limits, the link's card read. */
export async function shapePart(
  context: Context,
  load: Pick<Load, 'part' | 'post' | 'variant' | 'before' | 'now'>,
  { manifest, signal }: { manifest: Manifest; signal: AbortSignal },
): Promise<Outcome<PartToSend, Fault>> {
  const { part, post, variant, before } = load;
  const content = variant.content ?? post.content;
  const said = part.role === 'comment' ? asPart(content.firstComment) : content.parts[part.position];
  if (!said)
    return fail({ kind: 'content-rejected', field: `parts.${part.position}`, reason: 'part-missing', said: '' });
  const media = await renderMedia(context, load, said, manifest);
  if (!media.ok) return media;
  return ok({
    seed: part.seed,
    createdAt: part.prepared_at ?? load.now,
    text: said.text,
    language: post.language,
    media: media.value,
    link:
      said.link && manifest.link
        ? await readLinkCard(context, { url: said.link, maxImageBytes: manifest.link.maxImageBytes, signal })
        : null,
    role: part.role,
    before: before.map(({ remote_id, receipt }) => ({ remoteId: remote_id ?? '', receipt })),
    content,
  });
}

const asPart = (text: string | undefined): Part | undefined =>
  text === undefined ? undefined : { text, media: [], link: null };

async function renderMedia(
  context: Context,
  load: Pick<Load, 'part'>,
  said: Part,
  manifest: Manifest,
): Promise<Outcome<MediumToSend[], Fault>> {
  const { images } = manifest;
  if (!images) return ok([]);
  const rendered: MediumToSend[] = [];
  for (const [index, { mediumId, alt }] of said.media.entries()) {
    const field = `parts.${load.part.position}.media.${index}`;
    const picture = await renderMedium(context, {
      workspaceId: load.part.workspace_id,
      mediumId,
      maxBytes: images.maxBytes,
      maxEdge: images.maxEdge,
      mimes: images.mimes,
    });
    if (!picture.ok) return fail(faultOf(picture.failure, field));
    rendered.push({ ...picture.picture, alt });
  }
  return ok(rendered);
}

/** A renderer that timed out or crashed may do better next time; everything else is the picture's own. */
const faultOf = (failure: string, field: string): Fault =>
  failure === 'timed-out' || failure === 'crashed'
    ? { kind: 'temporarily-down', said: `picture ${failure}` }
    : { kind: 'content-rejected', field, reason: failure, said: '' };
