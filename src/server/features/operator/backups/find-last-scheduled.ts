import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { type BackupStanding, isBackupName, readBackupHead } from '#server/platform/backup/index.ts';
import type { BackupPlan } from '#server/platform/config/index.ts';

/**
 * The last backup that does what those made by themselves are for: it lies in their folder under a name of Goalpost's and
 * holds all that they hold. One that was asked for elsewhere, or without pictures, is none. Null: there is none.
 */
export async function findLastScheduled(
  { folder }: BackupPlan,
  standing: BackupStanding,
): Promise<{ madeAt: Date; place: string } | null> {
  const isWhole = ({ holdsMedia }: { holdsMedia: boolean | null }) => holdsMedia === true;
  const names = (await readdir(folder).catch(() => [])).filter(isBackupName).sort().reverse();
  for (const name of names) {
    const place = path.join(folder, name);
    const head = await readBackupHead(place).catch(() => null);
    if (head && isWhole(head)) return { madeAt: timeOf(name), place };
  }
  // It may have been moved away since, or lie on another machine.
  const { madeAt, place } = standing;
  const isOurs = place !== null && path.dirname(place) === folder && isBackupName(place) && isWhole(standing);
  return madeAt && isOurs ? { madeAt, place } : null;
}

/** When a backup of this name was begun. */
const timeOf = (name: string): Date =>
  new Date(name.replace(/^goalpost-(.{10}T)(..)(..)(..)Z\.tar$/, (_, day, h, m, s) => `${day}${h}:${m}:${s}Z`));
