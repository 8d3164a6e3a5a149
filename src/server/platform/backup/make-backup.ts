import path from 'node:path';
import type { Config } from '../config/index.ts';
import type { Database } from '../db/index.ts';
import { readKeyText } from './backup-key.ts';
import { openShelf } from './open-shelf.ts';
import { noteBackupFailed, noteBackupMade } from './standing-store.ts';
import { type BackupMade, writeBackup } from './write-backup.ts';

export interface MakeBackupOptions {
  config: Pick<Config, 'key' | 'storage' | 'backups'>;
  /** The settings asked for it, and not somebody who is told how it went. */
  byItself: boolean;
  /** By any login of the app's or its owner's: only how it went is written through it. */
  db: Database;
  ownerUrl: string;
  version: string;
  file: string;
  withKey: boolean;
  withMedia: boolean;
}

/** Makes a backup of this installation and notes how it went. */
export async function makeBackup(options: MakeBackupOptions): Promise<BackupMade> {
  const { config, byItself, db, ownerUrl, version, file, withKey, withMedia } = options;
  const media = withMedia ? openShelf(config) : null;
  try {
    const key = withKey ? await readKeyText(config) : null;
    const made = await writeBackup({ ownerUrl, file, version, media, key });
    await note(db, (tx) => noteBackupMade(tx, made, { holdsMedia: withMedia }));
    return made;
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error);
    // Where Goalpost makes them by itself, what is noted is how those go: the operators are mailed at the first failure.
    if (byItself || config.backups === null) await note(db, (tx) => noteBackupFailed(tx, said));
    throw error;
  } finally {
    await media?.close();
  }
}

/** A schema from before there was a place for it does without; so does a database that cannot be written to. */
const note = (db: Database, work: Parameters<Database['outside']>[0]): Promise<unknown> =>
  db.outside(work).catch(() => undefined);

/** What a backup of now is called; names sort by time. */
export const nameBackup = (at: Date): string => `goalpost-${at.toISOString().slice(0, 19).replaceAll(':', '')}Z.tar`;

/** Whether a file has a name of ours, and not one that somebody gave it. */
export const isBackupName = (name: string): boolean =>
  /^goalpost-\d{4}-\d{2}-\d{2}T\d{6}Z\.tar$/.test(path.basename(name));
