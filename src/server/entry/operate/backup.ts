import { stat } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { readVersion } from '#server/features/operator/index.ts';
import { type BackupMade, listKeyIds, makeBackup, nameBackup } from '#server/platform/backup/index.ts';
import type { Config } from '#server/platform/config/index.ts';
import { StartRefusal } from '#server/platform/db/index.ts';
import { refuseLostBucket } from '../refuse-lost-bucket.ts';
import { openInstallation } from './open-installation.ts';
import { type Operate, OperateUsage } from './operate.ts';

/**
 * `goalpost backup [--to FILE] [--with-key] [--without-media]`: beside a running server or with nothing running. 0 when
 * the backup is written and was read back whole.
 */
export const runBackup: Operate = async ({ args, config, say, json }) => {
  const asked = readArgs(args);
  if (!asked) throw new OperateUsage('goalpost backup [--to FILE] [--with-key] [--without-media] [--json]');
  const installation = await openInstallation(config, { mayWrite: true });
  try {
    const file = await placeOf(config, asked.to);
    const { db, ownerUrl } = installation;
    if (asked.withMedia) await refuseLostBucket(config, db);
    const made = await makeBackup({ config, byItself: false, db, ownerUrl, version: readVersion(), file, ...asked });
    const here = await listKeyIds(config);
    const missing = made.sealedWith.filter((id) => !here.includes(id));
    if (json) say(JSON.stringify({ ...made, verified: true, holdsKey: asked.withKey, missingKeys: missing }));
    else for (const line of wordBackup(made, { ...asked, missing, key: config.key })) say(line);
    return 0;
  } finally {
    await installation.close();
  }
};

/** `--to` as a file, or as a folder in which it gets a name of its own. */
async function placeOf({ dataDir }: Config, to: string | undefined): Promise<string> {
  const name = nameBackup(new Date());
  if (to === undefined) return path.join(dataDir, 'backups', name);
  const place = path.resolve(to);
  const isFolder = (await stat(place).catch(() => null))?.isDirectory() ?? false;
  const isPipe = (await stat(place).catch(() => null))?.isFile() === false && !isFolder;
  if (isPipe) throw new StartRefusal(`${place} is no file: a backup is read back after it was written.`);
  return isFolder ? path.join(place, name) : place;
}

function readArgs(args: readonly string[]): { to: string | undefined; withKey: boolean; withMedia: boolean } | null {
  try {
    const options = {
      to: { type: 'string' },
      'with-key': { type: 'boolean' },
      'without-media': { type: 'boolean' },
    } as const;
    const { values } = parseArgs({ args: [...args], options });
    if (values.to === '') return null;
    return { to: values.to, withKey: values['with-key'] ?? false, withMedia: !(values['without-media'] ?? false) };
  } catch {
    return null;
  }
}

function wordBackup(
  made: BackupMade,
  { withKey, withMedia, missing, key }: { withKey: boolean; withMedia: boolean; missing: string[]; key: Config['key'] },
): string[] {
  const size =
    made.sizeBytes < 1024 ** 2
      ? `${Math.ceil(made.sizeBytes / 1024)} kB`
      : `${(made.sizeBytes / 1024 ** 2).toFixed(1)} MB`;
  const where = key.kind === 'file' ? key.path : 'GOALPOST_KEY';
  return [
    `Wrote ${made.file} (${size}) and read it back: ${made.rows} rows of ${made.tables} tables, ` +
      `${withMedia ? `${made.media} pictures` : 'no pictures, as you asked'}.`,
    ...(missing.length > 0
      ? [`WARNING: its secrets were sealed with the key ${missing.join(', ')}, which is not here. Look for it now.`]
      : []),
    ...(withKey
      ? [
          'WARNING: this file holds the key. Whoever has it can post as your business on every channel. Keep it as you ' +
            'would keep the passwords themselves, and send it to nobody.',
        ]
      : made.sealedWith.length > 0
        ? [`It does not hold the key (${made.sealedWith.join(', ')}): keep a copy of ${where} in another place.`]
        : []),
  ];
}
