import { sql } from 'kysely';
import type { Tx } from '../db/index.ts';
import type { BackupMade } from './write-backup.ts';

/** How the last backups of this installation went. */
export interface BackupStanding {
  /** When the last whole one was made; null: none was. */
  madeAt: Date | null;
  place: string | null;
  sizeBytes: number | null;
  holdsMedia: boolean | null;
  /** When one failed after that, and why. */
  failedAt: Date | null;
  said: string | null;
  /** The database's clock. */
  now: Date;
}

export async function readBackupStanding(tx: Tx): Promise<BackupStanding> {
  const { rows } = await sql<BackupStanding>`SELECT s.made_at AS "madeAt", s.place, s.size_bytes AS "sizeBytes",
      s.holds_media AS "holdsMedia", s.failed_at AS "failedAt", s.said, clock.now() AS now
    FROM (VALUES (1)) AS one LEFT JOIN backup_standing s ON true`.execute(tx);
  const [standing] = rows;
  if (!standing) throw new Error('the database did not say how its backups stand');
  return standing;
}

/** Notes that one was made and found whole. */
export async function noteBackupMade(
  tx: Tx,
  { madeAt, file, sizeBytes }: Pick<BackupMade, 'madeAt' | 'file' | 'sizeBytes'>,
  { holdsMedia }: { holdsMedia: boolean },
): Promise<void> {
  await sql`INSERT INTO backup_standing (made_at, place, size_bytes, holds_media)
    VALUES (${madeAt}, ${file}, ${sizeBytes}, ${holdsMedia})
    ON CONFLICT (only_one) DO UPDATE SET made_at = excluded.made_at, place = excluded.place,
      size_bytes = excluded.size_bytes, holds_media = excluded.holds_media, failed_at = NULL, said = NULL`.execute(tx);
}

/** Notes that one failed; the last whole one stays known. */
export async function noteBackupFailed(tx: Tx, said: string): Promise<void> {
  await sql`INSERT INTO backup_standing (failed_at, said) VALUES (clock.now(), ${said})
    ON CONFLICT (only_one) DO UPDATE SET failed_at = excluded.failed_at, said = excluded.said`.execute(tx);
}
