import type { MediumToSend, PartToSend } from '#connectors/kit/contract.ts';
import { type Fault, fail, type Outcome, ok } from '#connectors/kit/faults.ts';
import type { Manifest } from '#connectors/kit/manifest.ts';
import type { Part } from '#contract/content.ts';
import { renderMedium } from '#server/features/media/index.ts';
import type { Context } from '#server/platform/context/index.ts';
import type { Load } from './attempt-store.ts';
import { readLinkCard } from './read-link-card.ts';
import { waitForStorage } from './wait-for-storage.ts';

/** One part as the connector wants it: pictures and videos rendered within the network's limits, the link's card read. */
export async function shapePart(
  context: Context,
  load: Pick<Load, 'part' | 'post' | 'variant' | 'before' | 'preparedAt'>,
  { manifest, signal }: { manifest: Manifest; signal: AbortSignal },
): Promise<Outcome<PartToSend, Fault>> {
  const { part, post, variant, before } = load;
  const content = variant.content ?? post.content;
  const said = part.role === 'comment' ? asPart(content.firstComment) : content.parts[part.position];
  if (!said)
    return fail({ kind: 'content-rejected', field: `parts.${part.position}`, reason: 'part-missing', said: '' });
  const media = await waitForStorage(context, () => renderMedia(context, load, said, manifest));
  if (!media.ok) return media;
  return ok({
    seed: part.seed,
    createdAt: load.preparedAt,
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
  const rendered: MediumToSend[] = [];
  for (const [index, { mediumId, alt }] of said.media.entries()) {
    const field = `parts.${load.part.position}.media.${index}`;
    const place = { workspaceId: load.part.workspace_id, mediumId };
    const made = await renderMedium(context, { place, takes: manifest });
    if (!made.ok) return fail(faultOf(made.failure, field));
    rendered.push({ ...made.medium, alt });
  }
  return ok(rendered);
}

/** A renderer that timed out, crashed or is at it may do better next time; everything else is the medium's own. */
const faultOf = (failure: string, field: string): Fault =>
  ['timed-out', 'crashed', 'making'].includes(failure)
    ? { kind: 'temporarily-down', said: `medium ${failure}` }
    : { kind: 'content-rejected', field, reason: failure, said: '' };
