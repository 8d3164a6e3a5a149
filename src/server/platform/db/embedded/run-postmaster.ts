import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Account } from './choose-account.ts';
import { saysReady } from './clear-old-postmaster.ts';
import type { Binaries } from './find-binaries.ts';

/** A postmaster of ours that takes connections. */
export type Postmaster = {
  readonly pid: number;
  readonly port: number;
  /** Fulfilled when the process has ended, wanted or not. */
  readonly ended: Promise<void>;
  /** Ends it in order: connections are cut, everything is written. Waits until it is gone. */
  stop(): Promise<void>;
};

/** A start that may well succeed when tried again a little later. */
export class StartFailedError extends Error {
  override readonly name = 'StartFailedError';
}

/**
 * Starts a postmaster on a loopback port and returns it when it takes connections.
 *
 * Without a port it takes a free one. Throws `StartFailedError` with PostgreSQL's own words when
 * the process ends before it is ready.
 */
export async function runPostmaster(options: {
  cluster: string;
  logFolder: string;
  binaries: Binaries;
  account: Account;
  settings: Readonly<Record<string, string>>;
  port?: number;
}): Promise<Postmaster> {
  const { cluster, binaries, account } = options;
  const port = options.port ?? (await findFreePort());
  const settings = {
    ...options.settings,
    port: String(port),
    listen_addresses: '127.0.0.1',
    log_directory: options.logFolder,
  };
  const { command, args } = account.wrap(binaries.postgres, [
    '-D',
    cluster,
    ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
  ]);
  // A group of its own: Ctrl-C in a terminal must reach us alone, who stop PostgreSQL last.
  const child = spawn(command, args, { cwd: '/', env: {}, detached: true, stdio: ['ignore', 'ignore', 'pipe'] });
  let words = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    words = `${words}${text}`.slice(-4000);
  });
  let running = true;
  const ended = new Promise<void>((resolve) => {
    const end = (): void => {
      running = false;
      resolve();
    };
    child.on('exit', end).on('error', end);
  });
  while (running && (child.pid === undefined || !saysReady(cluster, child.pid))) await Promise.race([ended, sleep(15)]);
  if (!running || child.pid === undefined) throw new StartFailedError(lastWords(words, options.logFolder));
  return { pid: child.pid, port, ended, stop: () => stopChild(child, ended, options) };
}

async function stopChild(
  child: ChildProcess,
  ended: Promise<void>,
  options: { cluster: string; binaries: Binaries },
): Promise<void> {
  if (process.platform === 'win32') {
    // Windows knows no signals: killing the process would mean recovery at each start.
    spawn(options.binaries.pgCtl, ['stop', '-D', options.cluster, '-m', 'fast'], { stdio: 'ignore' });
  }
  for (const [name, patienceMs] of [
    ['SIGINT', 15_000],
    ['SIGQUIT', 5_000],
    ['SIGKILL', 5_000],
  ] as const) {
    if (process.platform !== 'win32' || name === 'SIGKILL') child.kill(name);
    const patience = new AbortController();
    const outcome = await Promise.race([
      ended.then(() => 'ended'),
      sleep(patienceMs, 'still running', { signal: patience.signal }).catch(() => 'ended'),
    ]);
    patience.abort();
    if (outcome === 'ended') return;
  }
}

function findFreePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.on('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => {
        if (address !== null && typeof address === 'object') resolve(address.port);
        else reject(new Error('The machine gave no free port.'));
      });
    });
  });
}

function lastWords(words: string, logFolder: string): string {
  const day = new Date().toUTCString().slice(0, 3);
  let logged = '';
  try {
    logged = readFileSync(path.join(logFolder, `postgres-${day}.log`), 'utf8')
      .trimEnd()
      .split('\n')
      .slice(-5)
      .join('\n');
  } catch {
    // PostgreSQL ended before it opened its log.
  }
  return `PostgreSQL did not start.\n${words.trim()}\n${logged}`.trim();
}
