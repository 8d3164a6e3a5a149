import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { hasDebianPostgres } from '#test/servers/debian-postgres/index.ts';
import { reachDebianServer, startDebian, useDebianServer } from './database-server.ts';
import type { Fault } from './fault.ts';
import type { Ledger } from './open-ledger.ts';
import { openProxy } from './proxy.ts';
import type { Stage } from './stage.ts';

/** The database is not there when the workers start; then it goes in every way that a database goes. */
export const lostDatabases: Fault = {
  name: 'F5',
  about: 'PostgreSQL not there yet, restarted, sessions ended each second, connections used up, read-only, failed over',
  weight: 4,
  async run(stage) {
    if (!hasDebianPostgres()) throw new Error('Debian’s postgresql-15 is not on this machine.');
    await Promise.all([loseAndRegain(stage), failOver(stage)]);
    await stage.untilAtRest(240_000);
  },
};

async function loseAndRegain(stage: Stage): Promise<void> {
  const postgres = await startDebian();
  stage.onEnd(() => postgres.remove());
  const ledger = await stage.openLedger({ server: await useDebianServer(postgres) });
  const accounts = await stage.openAccounts('regain', stage.sized({ small: 8, whole: 40 }));
  await ledger.connect(accounts);
  const perTrouble = stage.sized({ small: 12, whole: 100 });
  const forMs = stage.sized({ small: 5_000, whole: 10_000 });
  const post = (label: string) =>
    ledger.schedule(accounts, { label: `F5 ${label}`, count: perTrouble, inMs: 500, overMs: forMs });

  await post('not there yet');
  await postgres.stop();
  const starting = Promise.all([ledger.startWorker(), ledger.startWorker()]);
  await sleep(3_000);
  await postgres.start();
  await starting;
  await sleep(forMs);

  await post('restarted');
  await sleep(forMs / 3);
  await postgres.stop();
  await sleep(2_000);
  await postgres.start();
  await sleep(forMs);

  await post('sessions ended');
  for (let ms = 0; ms < forMs + 1_000; ms += 1_000) {
    await endSessions(ledger);
    await sleep(1_000);
  }

  await post('connections used up');
  await sleep(1_000);
  const hoard = await hoardConnections(ledger);
  await sleep(forMs);
  await Promise.all(hoard.map((client) => client.end().catch(() => undefined)));
  await sleep(2_000);

  await post('read-only');
  await sleep(2_000);
  await postgres.asAdmin(['ALTER SYSTEM SET default_transaction_read_only = on', 'SELECT pg_reload_conf()']);
  await sleep(forMs);
  await postgres.asAdmin([
    'SET default_transaction_read_only = off',
    'ALTER SYSTEM RESET default_transaction_read_only',
    'SELECT pg_reload_conf()',
  ]);
}

/** Ends everybody's session but the one that asks. */
const endSessions = (ledger: Ledger) =>
  ledger
    .ask(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1 AND usename <> current_user`, [
      ledger.database,
    ])
    .catch(() => undefined);

/** Takes every connection that a login without special rights can have, and ends those that others have. */
async function hoardConnections(ledger: Ledger): Promise<pg.Client[]> {
  const clients: pg.Client[] = [];
  const connectionString = ledger.server.ownerUrl(ledger.database);
  for (let isFull = false; !isFull && clients.length < 300; ) {
    const client = new pg.Client({ connectionString });
    client.on('error', () => undefined);
    try {
      await client.connect();
      clients.push(client);
    } catch {
      // Those that the workers have; what they free is taken by the next turn.
      const [freed] = await ledger.ask<{ count: number }>(
        `SELECT count(pg_terminate_backend(pid))::int AS count FROM pg_stat_activity
         WHERE datname = $1 AND usename LIKE '%\\_app'`,
        [ledger.database],
      );
      isFull = (freed?.count ?? 0) === 0;
    }
  }
  return clients;
}

/**
 * The standby misses the last second before the first server dies; the workers find it at the same address. What was due
 * by then may be out or not, and nobody can know from this database: it is held for a decision.
 */
async function failOver(stage: Stage): Promise<void> {
  const postgres = await startDebian();
  stage.onEnd(() => postgres.remove());
  const proxy = await openProxy(postgres.port);
  stage.onEnd(() => proxy.close());
  const ledger = await stage.openLedger({ server: await useDebianServer(postgres, proxy.port) });
  stage.allow(ledger, { held: ['new-history'] });
  const accounts = await stage.openAccounts('failover', stage.sized({ small: 8, whole: 40 }));
  await ledger.connect(accounts);
  const overMs = stage.sized({ small: 8_000, whole: 24_000 });
  const count = stage.sized({ small: 40, whole: 400 });
  const standby = await startDebian({ standbyOf: postgres });
  stage.onEnd(() => standby.remove());
  await ledger.startWorker();
  await ledger.startWorker();
  await ledger.schedule(accounts, { label: 'F5 failed over', count, inMs: 2_000, overMs });
  await ledger.untilSome(`state = 'published'`, 60_000);
  await sleep(overMs / 3);
  await standby.asAdmin([`ALTER SYSTEM SET primary_conninfo = ''`, 'SELECT pg_reload_conf()']);
  await sleep(1_000);
  await postgres.stop();
  await standby.asAdmin(['SELECT pg_promote(true)']);
  await ledger.moveTo(reachDebianServer(standby, proxy.port));
  proxy.pointTo(standby.port);
  await ledger.untilAtRest(overMs + 180_000);
  const [held] = await ledger.ask<{ count: number }>(
    `SELECT count(*)::int AS count FROM delivery WHERE held_reason = 'new-history'`,
  );
  if (!held?.count) stage.complain('nothing was lost with the last second');
}
