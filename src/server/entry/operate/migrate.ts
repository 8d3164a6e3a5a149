import { existsSync } from 'node:fs';
import path from 'node:path';
import { inspectDatabase, migrate } from '#server/platform/db/index.ts';
import { createLog } from '#server/platform/log/index.ts';
import { openVault } from '../open-vault.ts';
import { prepareDataDir } from '../prepare-data-dir.ts';
import { startDatabase } from '../start-database.ts';
import { assertNoWords, type Operate } from './operate.ts';

/**
 * Brings the database to this version's schema and ends; what a start does by itself, for those who want it done before.
 * With the embedded database no Goalpost may be running on the same folder.
 */
export const runMigrate: Operate = async ({ args, config, say, json }) => {
  assertNoWords(args, 'migrate');
  const closers: (() => Promise<unknown>)[] = [];
  const tell = json ? () => undefined : say;
  const log = createLog({ level: json ? 'error' : (config.logLevel ?? 'info'), pretty: true });
  try {
    const isFirst = config.database.kind === 'embedded' && !existsSync(path.join(config.dataDir, 'postgres/cluster'));
    await prepareDataDir(config.dataDir, { first: isFirst });
    const { signal } = new AbortController();
    const database = await startDatabase({ config, log, version: '', say: tell, signal }, closers);
    const contents = await inspectDatabase(database.ownerUrl);
    const vault = await openVault({ config, contents, ownerUrl: database.ownerUrl, say: tell });
    const { applied } = await migrate({
      ownerUrl: database.ownerUrl,
      appPassword: Buffer.from(vault.derive('database login of the app')).toString('hex'),
      ...(database.appUrl ? { appUrl: database.appUrl } : {}),
    });
    say(json ? JSON.stringify({ applied }) : `The database fits this version (${applied.length} steps were missing).`);
    return 0;
  } finally {
    for (const close of closers.reverse()) await close();
  }
};
