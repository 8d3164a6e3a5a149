import type { z } from 'zod';
import type { Medium } from '#contract/media.ts';
import type { Config } from '#server/platform/config/index.ts';
import { mediumPath } from './medium-files.ts';
import type { MediumRow } from './tables.ts';

/** A picture as it goes to the wire; its addresses carry a host only when pictures have one of their own. */
export function presentMedium(row: MediumRow, config: Pick<Config, 'mediaUrl' | 'publicUrl'>): z.input<typeof Medium> {
  const origin = config.mediaUrl === config.publicUrl ? '' : config.mediaUrl;
  const place = { workspaceId: row.workspace_id, mediumId: row.id };
  return {
    id: row.id,
    name: row.name,
    mime: row.mime,
    sizeBytes: row.size_bytes,
    width: row.width,
    height: row.height,
    alt: row.alt,
    url: origin + mediumPath(place, 'original'),
    thumbnailUrl: origin + mediumPath(place, 'thumbnail'),
    createdAt: row.created_at.toISOString(),
  };
}
