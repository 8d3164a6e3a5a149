import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { StartRefusal } from './start-refusal.ts';

/** How long to wait between two tries. */
const PAUSE_MS = 1_000;

/** Errors of a server that is not there yet: it starts, restarts, or the network to it does. */
const PASSING = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EPIPE',
  'ETIMEDOUT',
  // Starting or shutting down; too many connections.
  '57P01',
  '57P03',
  '53300',
]);

/**
 * Returns when the database takes connections, however long that takes; `onWait` is told each time that it does not.
 *
 * Throws `StartRefusal` when waiting would not help: a wrong password, a database that is not there, one older than
 * PostgreSQL 15. Rejects with the signal's reason when that is aborted.
 */
export async function awaitDatabase(options: {
  url: string;
  signal: AbortSignal;
  onWait: (place: string, reason: string) => void;
}): Promise<void> {
  for (;;) {
    options.signal.throwIfAborted();
    const refusal = await tryOnce(options.url);
    if (refusal === null) return;
    options.onWait(placeOf(options.url), refusal);
    await sleep(PAUSE_MS, undefined, { signal: options.signal }).catch(() => undefined);
  }
}

/** Null when the database is fine, or the reason to wait. */
async function tryOnce(url: string): Promise<string | null> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query<{ version: number; standby: boolean }>(
      `SELECT current_setting('server_version_num')::int AS version, pg_is_in_recovery() AS standby`,
    );
    const { version = 0, standby = false } = rows[0] ?? {};
    if (version < 150_000) {
      throw new StartRefusal(
        `The database at ${placeOf(url)} is PostgreSQL ${Math.floor(version / 10_000)}; Goalpost needs 15 or newer.`,
      );
    }
    return standby ? 'it is a standby that has not been promoted' : null;
  } catch (error) {
    if (error instanceof StartRefusal || !(error instanceof Error)) throw error;
    const code = 'code' in error ? String(error.code) : '';
    const reason = error.message || code;
    if (PASSING.has(code) || /timeout|terminated unexpectedly/i.test(error.message)) return reason;
    throw new StartRefusal(
      `The database at ${placeOf(url)} refused Goalpost: ${reason}. Look at GOALPOST_DATABASE_URL and GOALPOST_APP_DATABASE_URL.`,
      { cause: error },
    );
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** Host, port and database of an address, without login and password. */
function placeOf(url: string): string {
  const { host, pathname } = new URL(url);
  return `${host}${pathname}`;
}
