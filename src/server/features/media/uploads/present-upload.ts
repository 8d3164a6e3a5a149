import type { z } from 'zod';
import type { Upload } from '#contract/uploads.ts';
import type { UploadRow } from '../tables.ts';

/** Largest part that is taken: what is lost when a line breaks, and what is held in memory at once. */
export const PART_BYTES = 5 * 1024 * 1024;
const KEPT_MS = 24 * 60 * 60_000;

export const presentUpload = (row: UploadRow): z.input<typeof Upload> => ({
  id: row.id,
  name: row.name,
  sizeBytes: row.size_bytes,
  offsetBytes: row.offset_bytes,
  partBytes: PART_BYTES,
  mediumId: row.medium_id,
  expiresAt: new Date(row.touched_at.getTime() + KEPT_MS).toISOString(),
});
