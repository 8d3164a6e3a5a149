import pg from 'pg';
import type { TestDatabase } from './database.ts';

/** The house's clock of one test database in the test's hand: `clock.now()` is the real time plus what was added. */
export interface TestClock {
  advance(ms: number): Promise<void>;
}

/** Takes the clock; until the first `advance` it shows the real time. */
export function holdClock(test: Pick<TestDatabase, 'ownerUrl'>): TestClock {
  let offsetMs = 0;
  return {
    async advance(ms) {
      offsetMs += ms;
      const client = new pg.Client({ connectionString: test.ownerUrl });
      await client.connect();
      await client.query(
        `CREATE OR REPLACE FUNCTION clock.now() RETURNS timestamptz LANGUAGE sql STABLE PARALLEL SAFE
         AS $$ SELECT date_trunc('milliseconds', pg_catalog.now()) + interval '${offsetMs} milliseconds' $$`,
      );
      await client.end();
    },
  };
}
