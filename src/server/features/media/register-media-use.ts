import type { MediumFacts } from '#contract/content.ts';
import type { Tx } from '#server/platform/db/index.ts';
import { canConvertVideos } from './can-convert-videos.ts';
import { findMedia, replaceUses } from './medium-store.ts';
import { factsOf } from './present-medium.ts';

/**
 * Registers which pictures something uses, in place of what it used before; call it in the transaction that saves the
 * user. Ids that are no pictures of the workspace are left out and returned.
 */
export async function registerMediaUse(
  tx: Tx,
  use: { workspaceId: string; kind: 'post'; userId: string; mediumIds: readonly string[] },
): Promise<{ unknownIds: string[] }> {
  const wanted = [...new Set(use.mediumIds)];
  const known = new Set((await findMedia(tx, wanted)).map((row) => row.id));
  await replaceUses(tx, { ...use, mediumIds: wanted.filter((id) => known.has(id)) });
  return { unknownIds: wanted.filter((id) => !known.has(id)) };
}

/** What the rule book must know of pictures, by id; ids that are no pictures of the workspace are absent. */
export async function findMediumFacts(tx: Tx, mediumIds: readonly string[]): Promise<Map<string, MediumFacts>> {
  const rows = await findMedia(tx, [...new Set(mediumIds)]);
  const convertible = rows.some((row) => row.video !== null) && (await canConvertVideos());
  return new Map(rows.map((row) => [row.id, factsOf(row, { convertible })]));
}
