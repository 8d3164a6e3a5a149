import { z } from 'zod';

/** The form of the file. A later Goalpost that changes it reads the earlier ones still. */
export const FORM = 1;

const Sha256 = z.string().regex(/^[0-9a-f]{64}$/);

/** First file of a backup: enough to say at once whether it can be restored here. */
export const Head = z.object({
  goalpostBackup: z.literal(FORM),
  /** Of the Goalpost that made it. */
  version: z.string(),
  madeAt: z.iso.datetime(),
  postgres: z.string(),
  /** The schema, as the steps that were applied. */
  migrations: z.array(z.object({ name: z.string().regex(/^[0-9a-z-]+\.sql$/), checksum: Sha256 })).min(1),
  /** Ids of the keys that stored secrets were sealed with: one of them is needed to read them again. */
  sealedWith: z.array(z.string()),
  holdsKey: z.boolean(),
  holdsMedia: z.boolean(),
});
export type Head = z.infer<typeof Head>;

/** Last file but one: all that is in it. A file that is not named here, or not as it is named, is not restored. */
export const Manifest = z.object({
  head: Head,
  tables: z.array(
    z.object({
      name: z.string(),
      columns: z.array(z.object({ name: z.string(), type: z.string() })).min(1),
      rows: z.int().nonnegative(),
    }),
  ),
  sequences: z.array(z.object({ name: z.string(), value: z.string() })),
  files: z.array(
    z.object({
      name: z.string(),
      sizeBytes: z.int().nonnegative(),
      sha256: Sha256,
      /** Of a picture: its key in the storage, and its type. */
      medium: z.object({ key: z.string(), mime: z.string().nullable() }).optional(),
    }),
  ),
});
export type Manifest = z.infer<typeof Manifest>;

export const headName = 'goalpost-backup.json';
export const manifestName = 'manifest.json';
/** Holds the manifest's SHA-256 in hex. */
export const sealName = 'manifest.sha256';
export const keyName = 'key';

/** A stretch of a table's rows: a line of JSON each, an array of texts in the order of the columns. */
export const rowsName = (table: string, stretch: number): string =>
  `rows/${table}/${String(stretch).padStart(6, '0')}.jsonl.gz`;

/** The table that a file's rows belong to, or null when it holds no rows. */
export const tableOf = (name: string): string | null => /^rows\/([^/]+)\/\d+\.jsonl\.gz$/.exec(name)?.[1] ?? null;
