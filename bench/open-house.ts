import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Connector } from '#connectors/kit/contract.ts';
import { composeHouse, composeHttp, hearers, jobDefinitions } from '#server/entry/compose.ts';
import { startPublisher } from '#server/features/publishing/index.ts';
import { readConfig } from '#server/platform/config/index.ts';
import type { House } from '#server/platform/context/index.ts';
import { createVault, loadKeys } from '#server/platform/crypto/index.ts';
import { startEmbeddedPostgres } from '#server/platform/db/embedded/index.ts';
import { migrate, openDatabase } from '#server/platform/db/index.ts';
import { startFactPump } from '#server/platform/facts/index.ts';
import { createLog } from '#server/platform/log/index.ts';
import { benchNetwork } from './bench-network.ts';

export interface OpenHouse {
  house: House;
  /** Where the API listens. */
  url: string;
  /** A login that may make databases. */
  adminUrl: string;
  /** A login that migrates and looks after the tables. */
  ownerUrl: string;
  close(): Promise<void>;
}

/**
 * The whole of Goalpost in this process as `npm start` runs it (database with fsync, jobs, facts, publisher, API) on an
 * empty folder, with one more network.
 */
export async function openHouse({ sendsAtOnce }: { sendsAtOnce: number }): Promise<OpenHouse> {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'goalpost-bench-'));
  const config = readConfig({
    GOALPOST_DATA_DIR: dataDir,
    GOALPOST_PRIVATE_RANGES: '127.0.0.0/8',
    GOALPOST_TRUSTED_PROXIES: '127.0.0.1',
  });
  const log = createLog({ level: 'warn', to: process.stderr });
  const postgres = await startEmbeddedPostgres({ dataDir, log });
  const ownerUrl = postgres.ownerUrl;
  const { appUrl, roles } = await migrate({ ownerUrl, appPassword: randomUUID() });
  const db = openDatabase({ appUrl, acrossRole: roles.across });
  const vault = createVault({ keys: await loadKeys(config.key) });
  const { house, closeHouse } = composeHouse({ config, log, db, vault });
  (house.connectors as Map<string, Connector>).set(benchNetwork.manifest.id, benchNetwork);
  await house.jobs.start(house, jobDefinitions, { work: true });
  const pump = await startFactPump(house, hearers);
  const publisher = await startPublisher(house, { sendsAtOnce });
  // One caller stands here for a whole team: the limits on callers are not what is measured.
  const plenty = { perMinute: 1_000_000, burst: 1_000_000 };
  const limits = { person: plenty, key: plenty, address: plenty };
  const { face, pages } = composeHttp(house, { version: '0.0.0', limits });
  const listening = await face.listen({ host: '127.0.0.1', port: 0 });
  return {
    house,
    url: listening.url,
    adminUrl: postgres.url('postgres', 'postgres'),
    ownerUrl,
    async close() {
      await listening.close(1_000);
      await pages.close();
      await publisher.stop();
      await pump.stop();
      await house.jobs.stop(1_000);
      await closeHouse();
      await db.close();
      await postgres.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
