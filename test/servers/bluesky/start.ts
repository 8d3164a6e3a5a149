import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createAccount, type TestAccount } from './account.ts';
import { installBluesky } from './install.ts';

/** A whole Bluesky on this machine. */
export interface BlueskyServer {
  /** The account server: what a person enters as their server. */
  pdsUrl: string;
  /** Registers an account; `anna` and `anna.test` are the same handle. */
  createAccount(handle: string): Promise<TestAccount>;
  /** The process of the servers, for measuring. */
  pid: number;
  /** Ends the servers and removes all that they wrote. */
  stop(): Promise<void>;
}

/**
 * Starts the real servers of Bluesky as one child process on loopback, installing them first where they are missing.
 * Without `databaseUrl` they keep their tables in an embedded PostgreSQL of their own. They end with this process, also
 * when it is killed. `rateLimits` turns the account server's real limits on.
 */
export async function startBluesky(
  options: { databaseUrl?: string; rateLimits?: boolean; onProgress?: (step: string) => void } = {},
): Promise<BlueskyServer> {
  await installBluesky(options.onProgress);
  const temporary = mkdtempSync(path.join(tmpdir(), 'goalpost-bluesky-'));
  const jwtSecret = randomBytes(16).toString('hex');
  const cache = path.join(import.meta.dirname, 'node_modules', '.cache', 'compiled');
  mkdirSync(cache, { recursive: true });
  const child = spawn(
    process.execPath,
    [
      '--disable-warning=DeprecationWarning',
      '--disable-warning=ExperimentalWarning',
      '--require',
      path.join(import.meta.dirname, 'loopback.cjs'),
      path.join(import.meta.dirname, 'serve.ts'),
    ],
    {
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      env: {
        PATH: process.env['PATH'],
        HOME: process.env['HOME'],
        TMPDIR: temporary,
        NODE_COMPILE_CACHE: cache,
        // Must be set; nothing has to listen there.
        REDIS_HOST: '127.0.0.1:1',
        LOG_ENABLED: 'false',
        BLUESKY_JWT_SECRET: jwtSecret,
        BLUESKY_RATE_LIMITS: String(options.rateLimits ?? false),
        ...(options.databaseUrl ? { BLUESKY_DATABASE_URL: options.databaseUrl } : {}),
      },
    },
  );
  const stop = async (): Promise<void> => {
    await end(child);
    rmSync(temporary, { recursive: true, force: true, maxRetries: 3 });
  };
  try {
    const { pdsUrl } = await readyMessage(child);
    return {
      pdsUrl,
      createAccount: (handle) => createAccount({ pdsUrl, handle, jwtSecret }),
      pid: child.pid ?? 0,
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function readyMessage(child: ChildProcess): Promise<{ pdsUrl: string }> {
  let complaints = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    complaints = (complaints + chunk.toString()).slice(-4_000);
  });
  const message = once(child, 'message', { signal: AbortSignal.timeout(90_000) });
  const ended = once(child, 'exit').then(() => {
    throw new Error(`Bluesky's servers did not start:\n${complaints}`);
  });
  const [ready] = await Promise.race([message, ended]);
  ended.catch(() => undefined);
  return ready as { pdsUrl: string };
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGTERM');
  const insist = setTimeout(() => child.kill('SIGKILL'), 8_000);
  await gone;
  clearTimeout(insist);
}
