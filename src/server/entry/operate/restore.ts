import { existsSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { readVersion } from '#server/features/operator/index.ts';
import {
  inspectFilling,
  judgeKey,
  type OpenShelf,
  openShelf,
  type Restored,
  readBackupHead,
  restoreBackup,
  tryRestore,
  type Verified,
  verifyBackup,
  writeBackup,
} from '#server/platform/backup/index.ts';
import type { Config } from '#server/platform/config/index.ts';
import { findEmbeddedPostgres, refuseIfInUse, startEmbeddedPostgres } from '#server/platform/db/embedded/index.ts';
import { StartRefusal } from '#server/platform/db/index.ts';
import { StorageAway } from '#server/platform/storage/index.ts';
import { prepareDataDir } from '../prepare-data-dir.ts';
import { type Operate, OperateUsage } from './operate.ts';

/**
 * `goalpost restore FILE [--replace] [--without-media]`: puts a backup into an empty installation, or over a filled one, of
 * which a backup is made first. `goalpost restore FILE --verify`: only sees whether that could be done. No Goalpost may be
 * running.
 */
export const runRestore: Operate = async ({ args, config, say, json }) => {
  const asked = readArgs(args);
  if (!asked) throw new OperateUsage('goalpost restore FILE [--replace] [--without-media] | --verify [--json]');
  const { file } = asked;
  if (!existsSync(file)) throw new StartRefusal(`There is no file ${file}.`);
  const tell = (line: string) => (json ? undefined : say(line));
  const head = await readBackupHead(file);
  tell(`A backup of ${head.madeAt}, made by Goalpost ${head.version}. Reading it…`);
  const verified = await verifyBackup(file);
  if (asked.verify) {
    const restored = await tryRestore(file, verified);
    if (json) say(JSON.stringify({ whole: true, restorable: true, ...describe(verified), steps: restored.steps }));
    else say(`It is whole and can be restored: ${wordContents(verified)}.${wordNeeds(verified)}`);
    return 0;
  }
  const media = head.holdsMedia && asked.withMedia ? openShelf(config) : null;
  if (media) await refuseUnreachable(media);
  const placeKey = await judgeKey(config, { file, head });
  const { ownerUrl, appUrl, stop } = await openDatabaseAlone(config);
  try {
    const before = await clearWay({ config, ownerUrl, ...asked });
    if (before) tell(`What was there is in ${before}.`);
    const key = await placeKey?.();
    if (key) tell(`The key is in ${key}.`);
    tell('Restoring…');
    const leftAt = config.storage.s3 ? 's3' : null;
    const restored = await restoreBackup({ file, verified, ownerUrl, media, leftAt, ...(appUrl ? { appUrl } : {}) });
    const { media: pictures, steps } = restored;
    if (json) say(JSON.stringify({ restored: true, before, ...describe(verified), media: pictures, steps }));
    else for (const line of wordRestored(verified, restored, asked)) say(line);
    return 0;
  } finally {
    await media?.close();
    await stop();
  }
};

/** A bucket that is away is found out before anything is changed. */
async function refuseUnreachable(media: OpenShelf): Promise<void> {
  try {
    await media.get('restore/nothing');
  } catch (error) {
    await media.close();
    if (!(error instanceof StorageAway)) throw error;
    throw new StartRefusal(
      `${error.message} Nothing was changed. Mend that, or leave the pictures out: --without-media.`,
    );
  }
}

function readArgs(
  args: readonly string[],
): { file: string; replace: boolean; verify: boolean; withMedia: boolean } | null {
  try {
    const options = {
      replace: { type: 'boolean' },
      verify: { type: 'boolean' },
      'without-media': { type: 'boolean' },
    } as const;
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
    const [file, ...more] = positionals;
    const { replace = false, verify = false, 'without-media': withoutMedia = false } = values;
    if (!file || more.length > 0 || (verify && (replace || withoutMedia))) return null;
    return { file: path.resolve(file), replace, verify, withMedia: !withoutMedia };
  } catch {
    return null;
  }
}

/** The database, with no Goalpost on it; the embedded one is made where there is none. */
async function openDatabaseAlone({
  database,
  dataDir,
}: Config): Promise<{ ownerUrl: string; appUrl: string | null; stop: () => Promise<void> }> {
  if (database.kind === 'external') return { ...database, stop: async () => undefined };
  const running = refuseIfInUse(dataDir);
  if (running) throw running;
  if (await findEmbeddedPostgres(dataDir))
    throw new StartRefusal(`A database runs in ${dataDir} already. Stop the Goalpost it belongs to first.`);
  await prepareDataDir(dataDir, { first: !existsSync(path.join(dataDir, 'postgres/cluster')) });
  const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };
  const { ownerUrl, stop } = await startEmbeddedPostgres({ dataDir, log: quiet });
  return { ownerUrl, appUrl: null, stop };
}

/**
 * Refuses what would be lost. Returns where a backup of it lies when it is to be replaced; pictures that are left alone
 * are not in it.
 */
async function clearWay(options: {
  config: Config;
  ownerUrl: string;
  replace: boolean;
  withMedia: boolean;
}): Promise<string | null> {
  const { config, ownerUrl, replace, withMedia } = options;
  const { database } = config;
  const appUrl = database.kind === 'external' ? database.appUrl : null;
  const login = appUrl ? decodeURIComponent(new URL(appUrl).username) : null;
  if ((await inspectFilling(ownerUrl, login)) !== 'filled') return null;
  if (!replace)
    throw new StartRefusal(
      'There is a Goalpost with people and businesses here already. With --replace it is put into a backup of its own and ' +
        'then replaced; or name another folder with GOALPOST_DATA_DIR. Nothing was changed.',
    );
  const file = path.join(config.dataDir, 'backups', `before-restore-${Date.now()}.tar`);
  const media = withMedia ? openShelf(config) : null;
  if (media) await refuseUnreachable(media);
  try {
    await writeBackup({ ownerUrl, file, version: readVersion(), media, key: null });
  } finally {
    await media?.close();
  }
  return file;
}

const describe = ({ manifest, sizeBytes }: Verified) => ({
  madeAt: manifest.head.madeAt,
  version: manifest.head.version,
  sizeBytes,
  tables: manifest.tables.length,
  rows: manifest.tables.reduce((sum, { rows }) => sum + rows, 0),
  media: manifest.files.filter(({ medium }) => medium).length,
  holdsKey: manifest.head.holdsKey,
  sealedWith: manifest.head.sealedWith,
});

function wordContents(verified: Verified, { withMedia } = { withMedia: true }): string {
  const { rows, tables, media } = describe(verified);
  const held = verified.manifest.head.holdsMedia ? `${media} pictures` : 'no pictures';
  return `${rows} rows of ${tables} tables, ${withMedia ? held : 'no pictures, as you asked'}`;
}

function wordNeeds({ manifest: { head } }: Verified): string {
  if (head.sealedWith.length === 0) return '';
  return head.holdsKey
    ? ' It holds the key: keep it as you would keep the passwords themselves.'
    : ` It needs the key ${head.sealedWith.join(', ')}, of which you have a copy elsewhere.`;
}

function wordRestored(verified: Verified, { steps }: Restored, asked: { withMedia: boolean }): string[] {
  const made = verified.manifest.head.madeAt;
  return [
    `Restored ${wordContents(verified, asked)}${steps > 0 ? `, and brought them to this version (${steps} steps)` : ''}.`,
    `Now start Goalpost. What was due between ${made} and the start is held: it may be out already. Goalpost looks at the ` +
      'networks whether it is, and sends none of it again by itself; what is left you decide on under Deliveries.',
    'Everybody signs in again. Look at the calendar too: it is as it was then.',
  ];
}
