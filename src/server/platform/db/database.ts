import { Kysely, PostgresDialect, sql, type Transaction } from 'kysely';
import pg from 'pg';

/** A handle that names no table: a slice's store adds its own with `withTables`. */
export type Db = Kysely<Record<never, never>>;
export type Tx = Transaction<Record<never, never>>;

export interface Database {
  /** One transaction that sees the rows of one workspace and of no other. */
  inWorkspace<T>(workspaceId: string, work: (tx: Tx) => Promise<T>): Promise<T>;
  /** One transaction for what belongs to no workspace (people, sign-in, idempotency). Workspaces' tables are empty in it. */
  outside<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  /** One transaction that sees all workspaces, on the short list of tables and columns opened to it. */
  across<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  /** As `across`, inside a workspace's own transaction: for a directory's row that stands or falls with it. */
  acrossWithin<T>(tx: Tx, work: (tx: Tx) => Promise<T>): Promise<T>;
  /**
   * Calls back on every NOTIFY on the channel with what it says; without a word when the connection is new, the first
   * one too. Notices can be lost: a hearer looks by itself as well.
   */
  listen(channel: string, onNotice: (said?: string) => void): Promise<() => Promise<void>>;
  /** For libraries that bring their own SQL (better-auth, pg-boss). */
  pool: pg.Pool;
  close(): Promise<void>;
}

export interface OpenOptions {
  /** The app's login. */
  appUrl: string;
  /** Role of `across`. */
  acrossRole: string;
  poolSize?: number;
  onError?: (error: Error) => void;
}

// Instants come as Date, bigint and numeric as number: counts and figures stay far below 2^53.
pg.types.setTypeParser(pg.types.builtins.INT8, Number);
pg.types.setTypeParser(pg.types.builtins.NUMERIC, Number);
pg.types.setTypeParser(pg.types.builtins.DATE, (text) => text);

/** Opens the pool of the app's login. Connections are made when first needed and survive a restart of the server. */
export function openDatabase(options: OpenOptions): Database {
  const pool = new pg.Pool({
    connectionString: options.appUrl,
    max: options.poolSize ?? 10,
    idleTimeoutMillis: 30_000,
  });
  pool.on('error', (error) => options.onError?.(error));
  // The pool listens to idle connections only. One that is lost in a transaction fails its next statement; without a
  // listener of its own it would end the process first.
  pool.on('connect', (client) => client.on('error', () => undefined));
  const db: Db = new Kysely<Record<never, never>>({ dialect: new PostgresDialect({ pool }) });
  return {
    inWorkspace: (workspaceId, work) =>
      db.transaction().execute(async (tx) => {
        await sql`SELECT set_config('app.workspace', ${workspaceId}, true)`.execute(tx);
        return work(tx);
      }),
    outside: (work) => db.transaction().execute(work),
    across: (work) =>
      db.transaction().execute(async (tx) => {
        await sql`SET LOCAL ROLE ${sql.id(options.acrossRole)}`.execute(tx);
        return work(tx);
      }),
    acrossWithin: async (tx, work) => {
      await sql`SET LOCAL ROLE ${sql.id(options.acrossRole)}`.execute(tx);
      const result = await work(tx);
      // After an error the transaction is lost anyway, and with it the role.
      await sql`SET LOCAL ROLE NONE`.execute(tx);
      return result;
    },
    listen: (channel, onNotice) => listen(options, channel, onNotice),
    pool,
    close: () => db.destroy(),
  };
}

async function listen(
  options: OpenOptions,
  channel: string,
  onNotice: (said?: string) => void,
): Promise<() => Promise<void>> {
  let client: pg.Client | null = null;
  let ended = false;
  let again: NodeJS.Timeout | undefined;
  const connect = async () => {
    const next = new pg.Client({ connectionString: options.appUrl });
    next.on('error', () => lost(next));
    next.on('end', () => lost(next));
    next.on('notification', ({ payload }) => onNotice(payload ?? ''));
    client = next;
    try {
      await next.connect();
      await next.query(`LISTEN ${next.escapeIdentifier(channel)}`);
      onNotice();
    } catch {
      lost(next);
    }
  };
  const lost = (from: pg.Client) => {
    if (ended || client !== from) return;
    client = null;
    from.end().catch(() => undefined);
    again = setTimeout(() => void connect(), 1_000);
    again.unref();
  };
  await connect();
  return async () => {
    ended = true;
    clearTimeout(again);
    await client?.end().catch(() => undefined);
  };
}
