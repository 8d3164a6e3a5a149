import { existsSync } from 'node:fs';
import path from 'node:path';
import type { Config } from '#server/platform/config/index.ts';
import { findEmbeddedPostgres, startEmbeddedPostgres } from '#server/platform/db/embedded/index.ts';
import { type Database, openDatabase, StartRefusal } from '#server/platform/db/index.ts';

/** The installation's database, opened by its owner's login. */
export interface OpenInstallation {
  db: Database;
  ownerUrl: string;
  close(): Promise<void>;
}

/**
 * Opens the database for a command: beside a running Goalpost, or with nothing running, in which case the embedded
 * database runs for as long as the command does. Nothing can be changed through it unless `mayWrite` is set.
 */
export async function openInstallation(config: Config, { mayWrite = false } = {}): Promise<OpenInstallation> {
  const { ownerUrl, stop } = await reachOwner(config);
  const url = new URL(ownerUrl);
  if (!mayWrite) url.searchParams.set('options', '-c default_transaction_read_only=on');
  const db = openDatabase({ appUrl: url.href, acrossRole: 'none', poolSize: 2 });
  return {
    db,
    ownerUrl,
    async close() {
      await db.close();
      await stop();
    },
  };
}

async function reachOwner(config: Config): Promise<{ ownerUrl: string; stop: () => Promise<void> }> {
  if (config.database.kind === 'external') return { ownerUrl: config.database.ownerUrl, stop: async () => undefined };
  const running = await findEmbeddedPostgres(config.dataDir);
  if (running) return { ...running, stop: async () => undefined };
  if (!existsSync(path.join(config.dataDir, 'postgres', 'cluster', 'PG_VERSION')))
    throw new StartRefusal(`There is no Goalpost in ${config.dataDir}. Name its folder with GOALPOST_DATA_DIR.`);
  const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };
  const started = await startEmbeddedPostgres({ dataDir: config.dataDir, log: quiet });
  return { ownerUrl: started.ownerUrl, stop: () => started.stop() };
}
