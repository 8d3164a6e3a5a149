import { Kysely, type KyselyPlugin, PostgresDialect, sql } from 'kysely';
import pg from 'pg';
import { keepPlans } from './kept-plans.ts';

/** A handle that names no table: a slice's store adds its own with `withTables`. */
export type Db = Kysely<Record<never, never>>;
declare const inTransaction: unique symbol;
/** The same within a transaction. */
export type Tx = Db & { readonly [inTransaction]: true };

export interface Database {
  /** One transaction that sees the rows of one workspace and of no other. */
  inWorkspace<T>(workspaceId: string, work: (tx: Tx) => Promise<T>, options?: TransactionOptions): Promise<T>;
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

export interface TransactionOptions {
  /**
   * For statements that name all their rows by key: a planner that saw a small table once would read it from end to end
   * for each of them.
   */
  byKeys?: boolean;
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
  pool.on('connect', keepPlans);
  const db: Db = new Kysely<Record<never, never>>({ dialect: new PostgresDialect({ pool }) });
  // Together with its beginning: each statement by itself would be a way to the server and back.
  const transact = <T>(preamble: string, work: (tx: Tx) => Promise<T>): Promise<T> =>
    db.connection().execute(async (connection) => {
      const guard = createGuard();
      const tx = connection.withPlugin(guard) as Tx;
      try {
        await sql.raw(`BEGIN; ${noCompiling}; ${preamble}`).execute(tx);
        const result = await work(tx);
        const { rows } = await sql<{ command: string }>`COMMIT`.execute(tx);
        if (rows[0]?.command === 'ROLLBACK') throw new Error('the transaction had failed and was rolled back');
        return result;
      } catch (error) {
        // Whatever went wrong, the connection goes back to the pool outside of any transaction. One that is lost has
        // rolled back already.
        await sql`ROLLBACK`.execute(tx).catch(() => undefined);
        throw error;
      } finally {
        guard.end();
      }
    });
  const asAcross = `SET LOCAL ROLE ${pg.escapeIdentifier(options.acrossRole)}`;
  return {
    inWorkspace: (workspaceId, work, { byKeys = false } = {}) =>
      transact(`SET LOCAL app.workspace = ${pg.escapeLiteral(workspaceId)};${byKeys ? goByKeys : ''}`, work),
    outside: (work) => transact('', work),
    across: (work) => transact(asAcross, work),
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

/**
 * Refuses what is asked of a transaction after its end: a query that nobody waited for would run in the next one of that
 * connection, which may be another workspace's.
 */
function createGuard(): KyselyPlugin & { end(): void } {
  let isOver = false;
  return {
    end: () => {
      isOver = true;
    },
    transformQuery({ node }) {
      if (isOver) throw new Error('the transaction is over');
      return node;
    },
    transformResult: async ({ result }) => result,
  };
}

/**
 * Where a table has no index to go by, a planner that is kept from reading it takes the statement for immensely costly; a
 * server that compiles costly statements (Debian's does) would spend a tenth of a second on each.
 */
const noCompiling = 'SET LOCAL jit = off';

const goByKeys = 'SET LOCAL enable_seqscan = off; SET LOCAL enable_hashjoin = off; SET LOCAL enable_mergejoin = off';

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
