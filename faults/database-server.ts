import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startEmbeddedPostgres } from '#server/platform/db/embedded/index.ts';
import { type DebianPostgres, startDebianPostgres } from '#test/servers/debian-postgres/index.ts';

/** A PostgreSQL on which ledgers are opened. */
export interface DatabaseServer {
  /** The owner's address for one of its databases. */
  ownerUrl(database: string): string;
  /** The address of a login that may do everything. */
  adminUrl(database: string): string;
  stop(): Promise<void>;
}

const owner = 'goalpost_owner';
const quiet = (): void => undefined;

/** The embedded PostgreSQL, without fsync: here it is Goalpost that fails, not the machine. */
export async function startOwnServer(): Promise<DatabaseServer> {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'server-'));
  const log = { info: quiet, warn: quiet, error: quiet };
  const server = await startEmbeddedPostgres({ dataDir, durable: false, log });
  return {
    ownerUrl: (database) => server.url(owner, database),
    adminUrl: (database) => server.url('postgres', database),
    stop: () => server.stop(),
  };
}

/** Debian's PostgreSQL 15 as a server of ledgers; with `port` by that port, as by a proxy before it. */
export async function useDebianServer(postgres: DebianPostgres, port = postgres.port): Promise<DatabaseServer> {
  await postgres.asAdmin([
    `DO $$ BEGIN CREATE ROLE ${owner} LOGIN CREATEROLE PASSWORD 'secret'; EXCEPTION WHEN duplicate_object THEN NULL; END $$`,
  ]);
  return reachDebianServer(postgres, port);
}

/** The same where the owner is there already, as on a copy. */
export function reachDebianServer(postgres: DebianPostgres, port = postgres.port): DatabaseServer {
  const password = new URL(postgres.adminUrl).password;
  return {
    ownerUrl: (database) => `postgres://${owner}:secret@127.0.0.1:${port}/${database}`,
    adminUrl: (database) => postgres.url('postgres', password, database),
    stop: () => postgres.remove(),
  };
}

/** Starts one of Debian's. */
export const startDebian = startDebianPostgres;
