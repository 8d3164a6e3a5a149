import pg from 'pg';

/** What the database of a café says of itself; only one that says so lets its clock be moved. */
const mark = 'A café of the Goalpost demo';

/** The clock of one café's database in the hand of whoever makes its history. */
export interface MovedClock {
  /** `clock.now()` is from now on the real time and this, never more than the real time. */
  setAhead(ms: number): Promise<void>;
  /** The clock shows the real time again, as it was made. */
  restore(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Notes in a database that nobody uses yet that it is a café's. Throws for one that holds a workspace: that one's clock
 * is nobody's to move.
 */
export async function markAsCafe(ownerUrl: string): Promise<void> {
  await withOwner(ownerUrl, async (client) => {
    const { rows } = await client.query<{ count: number }>('SELECT count(*)::int AS count FROM workspace');
    if (rows[0]?.count !== 0) throw new Error('This database holds a workspace; it does not become a café.');
    const name = await client.query<{ db: string }>('SELECT quote_ident(current_database()) AS db');
    await client.query(`COMMENT ON DATABASE ${name.rows[0]?.db ?? ''} IS '${mark}'`);
  });
}

/** Takes the clock of a café's database. Throws, and moves nothing, for any other database. */
export async function holdCafeClock(ownerUrl: string): Promise<MovedClock> {
  const client = new pg.Client({ connectionString: ownerUrl });
  client.on('error', () => undefined);
  await client.connect();
  const { rows } = await client.query<{ said: string | null }>(
    `SELECT shobj_description(oid, 'pg_database') AS said FROM pg_database WHERE datname = current_database()`,
  );
  if (rows[0]?.said !== mark) {
    await client.end();
    throw new Error('The clock of a database that is no café is not moved.');
  }
  const replace = (body: string) =>
    client.query(
      `CREATE OR REPLACE FUNCTION clock.now() RETURNS timestamptz LANGUAGE sql STABLE PARALLEL SAFE AS $$ ${body} $$`,
    );
  const real = `SELECT date_trunc('milliseconds', pg_catalog.now())`;
  return {
    async setAhead(ms) {
      await replace(`${real} + interval '${Math.min(0, Math.round(ms))} milliseconds'`);
    },
    async restore() {
      await replace(real);
    },
    close: () => client.end(),
  };
}

async function withOwner(ownerUrl: string, work: (client: pg.Client) => Promise<void>): Promise<void> {
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}
