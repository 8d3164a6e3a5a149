import type { Manifest } from '#connectors/kit/manifest.ts';
import { validateContent } from '#connectors/kit/rules/index.ts';
import type { Content, ContentProblem, MediumFacts } from '#contract/content.ts';
import { findMediumFacts } from '#server/features/media/index.ts';
import type { Tx } from '#server/platform/db/index.ts';

const EXCERPT_LENGTH = 140;

/** One part of a delivery as the ledger knows it. */
export interface LedgerPart {
  role: 'post' | 'comment';
  /** What it begins with, for lists. */
  excerpt: string;
}

/** The parts that a delivery of this content has: the post with its thread, then the first comment. */
export const ledgerPartsOf = ({ parts, firstComment }: Content): LedgerPart[] => [
  ...parts.map((part) => ({ role: 'post' as const, excerpt: excerptOf(part.text) })),
  ...(firstComment === undefined ? [] : [{ role: 'comment' as const, excerpt: excerptOf(firstComment) }]),
];

function excerptOf(words: string): string {
  const text = words.replace(/\s+/g, ' ').trim();
  return text.length > EXCERPT_LENGTH ? `${[...text].slice(0, EXCERPT_LENGTH - 1).join('')}…` : text;
}

export const mediumIdsOf = (contents: readonly (Content | null)[]): string[] => [
  ...new Set(contents.flatMap((content) => content?.parts.flatMap((part) => part.media.map((m) => m.mediumId)) ?? [])),
];

/** What the rule book must know of every picture in these contents; pictures of other workspaces are unknown. */
export const readMediumFacts = (
  tx: Tx,
  contents: readonly (Content | null)[],
): Promise<ReadonlyMap<string, MediumFacts>> => findMediumFacts(tx, mediumIdsOf(contents));

/** The rule book's word on content for one network; a network without a connector has none. */
export const problemsOf = (
  manifest: Manifest | null,
  content: Content,
  facts: ReadonlyMap<string, MediumFacts>,
): ContentProblem[] => (manifest ? validateContent(manifest, content, facts) : []);
