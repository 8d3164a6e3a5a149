import { mkdir, readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import {
  type BackupStanding,
  isBackupName,
  makeBackup,
  nameBackup,
  noteBackupFailed,
  readBackupStanding,
  takeBackupTurn,
} from '#server/platform/backup/index.ts';
import type { BackupPlan, Config } from '#server/platform/config/index.ts';
import type { House } from '#server/platform/context/index.ts';
import { findEmbeddedPostgres } from '#server/platform/db/embedded/index.ts';
import type { JobDefinition } from '#server/platform/jobs/index.ts';
import { readVersion } from '../read-version.ts';
import { findLastScheduled } from './find-last-scheduled.ts';
import { listOperators } from './operators-store.ts';

/** A look a little before its time is soon enough: the next one would be late. */
const SLACK_MS = 10 * 60_000;

/** Every quarter of an hour: makes a backup where one is due, and tells the operators when that fails. */
export const makeBackupsJob: JobDefinition = {
  name: 'operator.make-backup',
  cron: '*/15 * * * *',
  unique: true,
  retryLimit: 0,
  expireSeconds: 4 * 60 * 60,
  run: ({ house }) => makeDueBackup(house),
};

/**
 * Makes a backup when one is asked for by the settings and the last one is old enough, and deletes what is too many. A
 * failure is noted, logged and mailed to the operators, once until one was made again; the next look tries again.
 */
export async function makeDueBackup(house: House): Promise<void> {
  const { backups } = house.config;
  if (!backups) return;
  const standing = await house.db.outside(readBackupStanding);
  if (!(await isDue(backups, standing))) return;
  const { db, log } = house;
  try {
    if (!(await makeInTurn(house, backups))) return;
  } catch (error) {
    log.error({ err: error }, 'the backup failed; it is tried again');
    const said = error instanceof Error ? error.message : String(error);
    await db.outside((tx) => noteBackupFailed(tx, said));
    if (standing.failedAt === null) await tellOperators(house, said);
    return;
  }
  await deleteOld(house, backups);
}

async function isDue(backups: BackupPlan, standing: BackupStanding): Promise<boolean> {
  const last = await findLastScheduled(backups, standing);
  return !last || standing.now.getTime() - last.madeAt.getTime() >= backups.everyMs - SLACK_MS;
}

/** Whether it made one: it makes none where another process is making it, or has made it since. */
async function makeInTurn(house: House, backups: BackupPlan): Promise<boolean> {
  const { config, db, log } = house;
  const ownerUrl = await findOwnerUrl(config);
  const turn = await takeBackupTurn(ownerUrl);
  if (!turn) return false;
  try {
    if (!(await isDue(backups, await db.outside(readBackupStanding)))) return false;
    await mkdir(backups.folder, { recursive: true, mode: 0o700 });
    const made = await makeBackup({
      config,
      byItself: true,
      db,
      ownerUrl,
      version: readVersion(),
      file: path.join(backups.folder, nameBackup(new Date())),
      withKey: false,
      withMedia: true,
    });
    log.info({ sizeBytes: made.sizeBytes, count: made.rows }, 'a backup was made and read back');
    return true;
  } finally {
    await turn.release();
  }
}

async function findOwnerUrl({ database, dataDir }: Config): Promise<string> {
  if (database.kind === 'external') return database.ownerUrl;
  const found = await findEmbeddedPostgres(dataDir);
  if (!found) throw new Error('the embedded database was not found');
  return found.ownerUrl;
}

/** Only what bears the name that Goalpost gives: nothing that somebody put there is touched. */
async function deleteOld({ log }: House, { folder, keep }: BackupPlan): Promise<void> {
  const warn = (err: unknown) => log.warn({ err }, 'an old backup could not be deleted; the next one tries again');
  const names = await readdir(folder).catch((error: unknown) => {
    warn(error);
    return [];
  });
  const old = names.filter(isBackupName).sort().slice(0, -keep);
  for (const name of old) await rm(path.join(folder, name), { force: true }).catch(warn);
}

async function tellOperators({ db, mail, config }: House, said: string): Promise<void> {
  await db.outside(async (tx) => {
    for (const { email, language } of await listOperators(tx))
      await mail.post(tx, {
        to: email,
        language,
        template: 'backup-failed',
        params: { said: said.slice(0, 500), link: `${config.publicUrl}/installation` },
      });
  });
}
