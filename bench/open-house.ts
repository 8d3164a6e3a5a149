import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Connector } from '#connectors/kit/contract.ts';
import { composeHouse, composeHttp, hearers, jobDefinitions } from '#server/entry/compose.ts';
import { type Publisher, startPublisher } from '#server/features/publishing/index.ts';
import { readConfig } from '#server/platform/config/index.ts';
import type { House } from '#server/platform/context/index.ts';
import { createVault, loadKeys } from '#server/platform/crypto/index.ts';
import { startEmbeddedPostgres } from '#server/platform/db/embedded/index.ts';
import { migrate, openDatabase } from '#server/platform/db/index.ts';
import { startFactPump } from '#server/platform/facts/index.ts';
import { createLog } from '#server/platform/log/index.ts';
import { benchNetwork, countingNetwork } from './bench-network.ts';

export interface OpenHouse {
  house: House;
  /** Where the API listens. */
  url: string;
  /** A login that may make databases. */
  adminUrl: string;
  /** A login that migrates and looks after the tables. */
  ownerUrl: string;
  /** What another process needs to work for this house. */
  joining: Joining;
  close(): Promise<void>;
}

export interface HouseOptions {
  sendsAtOnce: number;
  /** False: whoever measures starts the publishers. */
  publishes?: boolean;
  /** False: another process does all that a house does; this one has the database. */
  works?: boolean;
}

export interface Joining {
  dataDir: string;
  appUrl: string;
  acrossRole: string;
}

/** The parts of a house that every process of it composes, with the networks that are measured among its networks. */
export async function composeBenchHouse({ dataDir, appUrl, acrossRole }: Joining) {
  const config = readConfig({
    GOALPOST_DATA_DIR: dataDir,
    GOALPOST_PRIVATE_RANGES: '127.0.0.0/8',
    GOALPOST_TRUSTED_PROXIES: '127.0.0.1',
  });
  const log = createLog({ level: 'warn', to: process.stderr });
  const db = openDatabase({ appUrl, acrossRole });
  const vault = createVault({ keys: await loadKeys(config.key) });
  const { house, closeHouse } = composeHouse({ config, log, db, vault });
  for (const network of [benchNetwork, countingNetwork])
    (house.connectors as Map<string, Connector>).set(network.manifest.id, network);
  const close = async () => {
    await closeHouse();
    await db.close();
  };
  return { house, close };
}

/**
 * The whole of Goalpost in this process as `npm start` runs it (database with fsync, jobs, facts, publisher, API) on an
 * empty folder, with one more network.
 */
export async function openHouse({ sendsAtOnce, publishes = true, works = true }: HouseOptions): Promise<OpenHouse> {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'goalpost-bench-'));
  const postgres = await startEmbeddedPostgres({ dataDir, log: createLog({ level: 'warn', to: process.stderr }) });
  const ownerUrl = postgres.ownerUrl;
  const { appUrl, roles } = await migrate({ ownerUrl, appPassword: randomUUID() });
  const joining = { dataDir, appUrl, acrossRole: roles.across };
  const { house, close } = await composeBenchHouse(joining);
  const working = works ? await startWorking(house, { sendsAtOnce, publishes }) : null;
  return {
    house,
    url: working?.url ?? '',
    adminUrl: postgres.url('postgres', 'postgres'),
    ownerUrl,
    joining,
    async close() {
      await working?.stop();
      await close();
      await postgres.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** Jobs, facts, publisher and API of a house in this process. */
export async function startWorking(
  house: House,
  { sendsAtOnce, publishes }: { sendsAtOnce: number; publishes: boolean },
): Promise<{ url: string; stop(): Promise<void> }> {
  let publisher: Publisher | null = null;
  await house.jobs.start(house, jobDefinitions, { work: true, isBusy: () => publisher?.isBusy() ?? false });
  const pump = await startFactPump(house, hearers);
  if (publishes) publisher = await startPublisher(house, { sendsAtOnce });
  // One caller stands here for a whole team: the limits on callers are not what is measured.
  const plenty = { perMinute: 1_000_000, burst: 1_000_000 };
  const limits = { person: plenty, key: plenty, address: plenty };
  const { face, pages } = composeHttp(house, { version: '0.0.0', limits });
  const listening = await face.listen({ host: '127.0.0.1', port: 0 });
  return {
    url: listening.url,
    async stop() {
      await listening.close(1_000);
      await pages.close();
      await publisher?.stop();
      await pump.stop();
      await house.jobs.stop(1_000);
    },
  };
}
