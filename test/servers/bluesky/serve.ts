import { mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { startEmbeddedPostgres } from '../../../src/server/platform/db/embedded/index.ts';

/**
 * The process in which the servers run: directory of identities, account server, application view and moderation, on a
 * database of its own or the one of `BLUESKY_DATABASE_URL`. Tells its parent `{ pdsUrl, appViewUrl }` when ready, and
 * ends with it: no parent, no servers.
 */
const { TMPDIR = '', BLUESKY_DATABASE_URL, BLUESKY_JWT_SECRET, BLUESKY_RATE_LIMITS } = process.env;

interface Network {
  pds: { url: string };
  bsky: { url: string };
}
interface DevEnvironment {
  TestNetwork: { create(options: object): Promise<Network> };
}

const quiet = (): void => undefined;
const devEnvironment = '@atproto/dev-env';

const database = BLUESKY_DATABASE_URL ? null : await startOwnDatabase();
const end = async (): Promise<void> => {
  await database?.stop();
  // Our parent removes the folder too; this is for a parent that was killed.
  if (path.basename(TMPDIR).startsWith('goalpost-bluesky-')) rmSync(TMPDIR, { recursive: true, force: true });
  process.exit(0);
};
process.once('disconnect', () => void end());
process.once('SIGTERM', () => void end());
process.once('SIGINT', () => void end());

const { TestNetwork } = (await import(devEnvironment)) as DevEnvironment;
const network = await TestNetwork.create({
  dbPostgresUrl: BLUESKY_DATABASE_URL || database?.ownerUrl,
  dbPostgresSchema: 'goalpost',
  pds: { jwtSecret: BLUESKY_JWT_SECRET, rateLimitsEnabled: BLUESKY_RATE_LIMITS === 'true' },
});
process.send?.({ pdsUrl: network.pds.url, appViewUrl: network.bsky.url });

function startOwnDatabase() {
  const dataDir = path.join(TMPDIR, 'database');
  mkdirSync(dataDir, { recursive: true });
  return startEmbeddedPostgres({ dataDir, durable: false, log: { info: quiet, warn: quiet, error: quiet } });
}
