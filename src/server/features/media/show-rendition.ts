import type { z } from 'zod';
import type { media, Rendition } from '#contract/media.ts';
import { refuse, type Verb, type WorkspaceContext } from '#server/platform/context/index.ts';
import { keptOf, makeRendition, type RenditionFailure } from './make-rendition.ts';
import { mediumPath, renditionFile } from './medium-files.ts';
import { changesOf } from './picture.rules.ts';
import { originOfMedia } from './present-medium.ts';
import type { MediumRow, RenditionRow } from './tables.ts';

type Wire = z.input<typeof Rendition>;

/**
 * What of a medium will go out on a network, made now when it was not before: its bytes are those that are sent. A video
 * that must be converted is begun. Says why when there can be none; `not-found` for a network that nobody knows.
 */
export const showRendition: Verb<typeof media.rendition> = async (context, { workspaceId, mediumId, network }) => {
  const manifest = context.house.connectors.get(network)?.manifest ?? refuse('not-found');
  const made = await makeRendition(context, { place: { workspaceId, mediumId }, takes: manifest });
  if (made.ok) return presentRendition(context, network, made);
  if (made.failure === 'making') return { network, state: 'making', share: 'share' in made ? made.share : 0 };
  if (made.failure === 'gone') refuse('not-found');
  return { network, state: 'cannot', reason: reasonOf(made.failure) };
};

function reasonOf(failure: RenditionFailure): (Wire & { state: 'cannot' })['reason'] {
  switch (failure) {
    case 'not-taken':
    case 'cannot-convert':
    case 'too-long':
      return failure;
    case 'timed-out':
    case 'crashed':
      return 'not-now';
    default:
      return 'cannot-fit';
  }
}

function presentRendition(
  { house }: WorkspaceContext,
  network: string,
  { medium, rendition }: { medium: MediumRow; rendition: RenditionRow | null },
): Wire {
  const out = keptOf(rendition ?? medium);
  const place = { workspaceId: medium.workspace_id, mediumId: medium.id };
  const file = rendition ? renditionFile(rendition.sha256) : 'original';
  return {
    network,
    state: 'ready',
    mime: out.mime,
    sizeBytes: out.sizeBytes,
    width: out.width,
    height: out.height,
    moves: (out.frames ?? 1) > 1,
    url: originOfMedia(house.config) + mediumPath(place, file),
    changes: [
      ...(medium.turned ? ['turned' as const] : []),
      ...(medium.video && rendition ? ['converted' as const] : []),
      ...changesOf(keptOf(medium), out),
    ],
  };
}
