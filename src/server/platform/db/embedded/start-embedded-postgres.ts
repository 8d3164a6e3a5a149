import { chmodSync, mkdirSync, realpathSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { StartRefusal } from '../start-refusal.ts';
import { awaitRoom, watchRoom } from './await-room.ts';
import { type Account, chooseAccount } from './choose-account.ts';
import { clearOldPostmaster } from './clear-old-postmaster.ts';
import { type Binaries, findBinaries } from './find-binaries.ts';
import { findHolder, type Holder, holdLock, LockHeldError } from './hold-lock.ts';
import { keepPassword } from './keep-password.ts';
import { makeCluster } from './make-cluster.ts';
import { DATABASE_NAME, OWNER_ROLE, prepareOwner } from './prepare-owner.ts';
import { readChildren } from './process-life.ts';
import { type Postmaster, runPostmaster, StartFailedError } from './run-postmaster.ts';
import { serverSettings } from './server-settings.ts';

/** How long a start goes on trying while an old postmaster or its children die. */
const PATIENCE_MS = 10_000;

const LOCK = 'lock';

/** How long a start waits for an earlier Goalpost on the same folder that is just ending. */
const LOCK_PATIENCE_MS = 3_000;

/** Restarts after an unexpected end, within a minute, before we give up. */
const MAX_RESTARTS_PER_MINUTE = 5;

/** The part of a logger that the embedded database speaks through. */
export type EmbeddedLog = Record<'info' | 'warn' | 'error', (fields: Record<string, unknown>, text: string) => void>;

export type EmbeddedPostgresOptions = {
  /** The installation's folder for what it keeps; the database takes the folder `postgres` in it. */
  readonly dataDir: string;
  readonly log: EmbeddedLog;
  /** Where this Goalpost will answer; told to another one that is started on the same folder. */
  readonly address?: string;
  /** Told what is being done, for a person who waits. */
  readonly onProgress?: (step: 'preparing' | 'starting' | 'waiting-for-old') => void;
  /** Told when the database ended by itself and could not be started again. */
  readonly onLost?: (error: Error) => void;
  /** `false` for tests only: a power failure may then cost everything. */
  readonly durable?: boolean;
};

/** The running embedded database. */
export type EmbeddedPostgres = {
  /** The address for the owner of Goalpost's database: migrations only. */
  readonly ownerUrl: string;
  readonly port: number;
  /** The address for a login in a database, with the login's password. */
  url(login: string, database?: string): string;
  /** The password that belongs to a login; who makes a login gives it this one. */
  password(login: string): string;
  /** The process ids of the postmaster and, on Linux, of its children. */
  pids(): number[];
  /** Stops the database in order and gives the folder free. May be called more than once. */
  stop(): Promise<void>;
};

/**
 * Starts the embedded PostgreSQL on the folder and returns when Goalpost's database can be opened.
 *
 * The first start prepares the cluster. A start after a kill at any moment comes up: what was
 * half-made is made again, an old postmaster is ended first. A second Goalpost on the same folder
 * is refused. If the postmaster ends by itself it is started again on the same port.
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const { log } = options;
  const durable = options.durable ?? true;
  const folder = makeFolder(options.dataDir);
  const release = await takeFolder(folder, options.address);
  try {
    const binaries = findBinaries();
    const account = await chooseAccount({ folder, binaries });
    const password = keepPassword(path.join(folder, 'password'));
    const cluster = path.join(folder, 'cluster');
    options.onProgress?.('preparing');
    await clearOld({ cluster, log });
    await makeCluster({ cluster, binaries, account, superuserPassword: password('postgres'), durable });
    const start = (port?: number): Promise<Postmaster> =>
      startPatiently({ cluster, folder, binaries, account, durable, log, onProgress: options.onProgress, port });
    options.onProgress?.('starting');
    const first = await start();
    const url = (login: string, database: string = DATABASE_NAME): string =>
      `postgres://${encodeURIComponent(login)}:${password(login)}@127.0.0.1:${first.port}/${encodeURIComponent(database)}`;
    const watch = watchOver({ first, folder, restart: () => start(first.port), log, onLost: options.onLost });
    try {
      await prepareOwner({ superuserUrl: url('postgres', 'postgres'), ownerPassword: password(OWNER_ROLE) });
    } catch (error) {
      await watch.stop();
      throw error;
    }
    const forgetRoom = watchRoom({ folder, log });
    const stop = async (): Promise<void> => {
      forgetRoom();
      await watch.stop();
      // Children of a postmaster that was killed may still be going.
      await clearOldPostmaster({ cluster, patienceMs: PATIENCE_MS });
      release();
    };
    let stopped: Promise<void> | null = null;
    log.info({ port: first.port, account: account.name }, 'embedded database runs');
    return {
      ownerUrl: url(OWNER_ROLE),
      port: first.port,
      url,
      password,
      pids: watch.pids,
      stop: () => {
        stopped ??= stop();
        return stopped;
      },
    };
  } catch (error) {
    release();
    throw error;
  }
}

function makeFolder(dataDir: string): string {
  const folder = path.join(dataDir, 'postgres');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  chmodSync(folder, 0o700);
  return realpathSync(folder);
}

/**
 * The refusal for a second Goalpost on a data folder whose database is in use by another one, or null when it is free.
 */
export function refuseIfInUse(dataDir: string): StartRefusal | null {
  const folder = path.join(dataDir, 'postgres');
  const holder = findHolder(path.join(folder, LOCK));
  return holder && alreadyRunning(folder, holder);
}

function alreadyRunning(folder: string, { pid, address }: Holder): StartRefusal {
  return new StartRefusal(
    `Another Goalpost (process ${pid}${address ? `, ${address}` : ''}) is using the database in ${folder}. ` +
      'Use that one or stop it first, or give this one a folder of its own with GOALPOST_DATA_DIR.',
  );
}

async function takeFolder(folder: string, address: string | undefined): Promise<() => void> {
  const startedAt = performance.now();
  for (;;) {
    try {
      return holdLock(path.join(folder, LOCK), address);
    } catch (error) {
      if (!(error instanceof LockHeldError)) throw error;
      const isOurs = error.holder.pid === process.pid;
      if (isOurs || performance.now() - startedAt > LOCK_PATIENCE_MS) {
        throw alreadyRunning(folder, error.holder);
      }
      await sleep(100);
    }
  }
}

async function clearOld(options: { cluster: string; log: EmbeddedLog }): Promise<void> {
  const outcome = await clearOldPostmaster({ cluster: options.cluster, patienceMs: PATIENCE_MS });
  if (outcome === 'ended') options.log.warn({}, 'an old database process was still running and has been ended');
}

async function startPatiently(options: {
  cluster: string;
  folder: string;
  binaries: Binaries;
  account: Account;
  durable: boolean;
  log: EmbeddedLog;
  onProgress: EmbeddedPostgresOptions['onProgress'];
  port: number | undefined;
}): Promise<Postmaster> {
  const { cluster, binaries, account, log, port } = options;
  const startedAt = performance.now();
  const logFolder = path.join(options.folder, 'log');
  for (;;) {
    await clearOld({ cluster, log });
    try {
      const settings = serverSettings({ durable: options.durable });
      return await runPostmaster({
        cluster,
        logFolder,
        binaries,
        account,
        settings,
        ...(port === undefined ? {} : { port }),
      });
    } catch (error) {
      if (!(error instanceof StartFailedError) || performance.now() - startedAt > PATIENCE_MS) throw error;
      log.warn({ reason: error.message }, 'database did not start; trying again');
      options.onProgress?.('waiting-for-old');
      await sleep(300);
    }
  }
}

function watchOver(options: {
  first: Postmaster;
  folder: string;
  restart: () => Promise<Postmaster>;
  log: EmbeddedLog;
  onLost: EmbeddedPostgresOptions['onLost'];
}): { stop(): Promise<void>; pids(): number[] } {
  let current = options.first;
  let stopping = false;
  let restarts: number[] = [];
  const follow = async (): Promise<void> => {
    for (;;) {
      await current.ended;
      if (stopping) return;
      await awaitRoom({ folder: options.folder, log: options.log, ended: () => stopping });
      if (stopping) return;
      restarts = [...restarts.filter((at) => performance.now() - at < 60_000), performance.now()];
      options.log.error({ restarts: restarts.length }, 'embedded database ended by itself; starting it again');
      if (restarts.length > MAX_RESTARTS_PER_MINUTE) throw new Error('The embedded database ends again and again.');
      current = await options.restart();
      // A stop that came meanwhile knew only the one that had ended.
      if (stopping) return current.stop();
    }
  };
  const following = follow().catch((error: unknown) => {
    const lost = error instanceof Error ? error : new Error(String(error));
    options.log.error({ reason: lost.message }, 'embedded database is lost');
    options.onLost?.(lost);
  });
  return {
    pids: () => [current.pid, ...readChildren(current.pid)],
    stop: async () => {
      stopping = true;
      await current.stop();
      await following;
    },
  };
}
