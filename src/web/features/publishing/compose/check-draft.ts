import { validateContent } from '#connectors/kit/rules/index.ts';
import type { Channel } from '#contract/channels.ts';
import type { ContentProblem, MediumFacts } from '#contract/content.ts';
import { findManifest } from '../../../lib/networks.ts';
import { type PostDraft, wordsFor } from '../draft/post-draft.ts';

/** A problem with where it would show. */
export interface ChannelProblem extends ContentProblem {
  channelId: string;
}

/** What the networks' rule books say about a draft, by the same code as on the server. */
export function checkDraft(
  draft: PostDraft,
  channels: Pick<Channel, 'id' | 'network'>[],
  media: ReadonlyMap<string, MediumFacts>,
): ChannelProblem[] {
  return channels
    .filter((it) => it.id in draft.variants)
    .flatMap(({ id, network }) => {
      const manifest = findManifest(network);
      if (!manifest) return [];
      return validateContent(manifest, wordsFor(draft, id), media).map((it) => ({ ...it, channelId: id }));
    });
}

/** The problems of one part: `parts.2` and what is inside it; whole-thread problems belong to the last. */
export function problemsOfPart(problems: ChannelProblem[], position: number, isLast: boolean): ChannelProblem[] {
  return problems.filter(
    ({ field }) =>
      field === `parts.${position}` || field.startsWith(`parts.${position}.`) || (isLast && field === 'parts'),
  );
}
