import type { z } from 'zod';
import type { MediumFacts } from '#contract/content.ts';
import type { Medium } from '#contract/media.ts';
import type { Config } from '#server/platform/config/index.ts';
import { canConvertVideos } from './can-convert-videos.ts';
import { mediumPath } from './medium-files.ts';
import type { MediumRow } from './tables.ts';

type Origins = Pick<Config, 'mediaUrl' | 'publicUrl'>;

/** Media as they go to the wire, in their order; addresses carry a host only when files have one of their own. */
export async function presentMedia(rows: readonly MediumRow[], config: Origins): Promise<z.input<typeof Medium>[]> {
  const convertible = rows.some((row) => row.video !== null) && (await canConvertVideos());
  const origin = originOfMedia(config);
  return rows.map((row) => {
    const place = { workspaceId: row.workspace_id, mediumId: row.id };
    const { video = null, ...facts } = factsOf(row, { convertible });
    return {
      id: row.id,
      name: row.name,
      ...facts,
      video,
      frames: row.frames,
      alt: row.alt,
      url: origin + mediumPath(place, 'original'),
      thumbnailUrl: origin + mediumPath(place, 'thumbnail'),
      posterUrl: video ? origin + mediumPath(place, 'poster') : null,
      createdAt: row.created_at.toISOString(),
    };
  });
}

/** One of them. */
export async function presentMedium(row: MediumRow, config: Origins): Promise<z.input<typeof Medium>> {
  const [medium] = await presentMedia([row], config);
  if (!medium) throw new Error('One row gave no medium.');
  return medium;
}

/** What the rule book must know of a row. */
export const factsOf = (row: MediumRow, { convertible }: { convertible: boolean }): MediumFacts => ({
  mime: row.mime,
  sizeBytes: row.size_bytes,
  width: row.width,
  height: row.height,
  ...(row.video ? { video: { ...row.video, convertible } } : {}),
});

/** What stands before the path of a file: nothing, unless files have a host of their own. */
export const originOfMedia = (config: Origins): string => (config.mediaUrl === config.publicUrl ? '' : config.mediaUrl);
