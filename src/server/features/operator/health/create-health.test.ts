import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { sql } from 'kysely';
import { afterEach, describe, expect, it } from 'vitest';
import { lastMigration, openDatabase } from '#server/platform/db/index.ts';
import { tellFact } from '#server/platform/facts/index.ts';
import { makeTeam } from '#test/makers.ts';
import { useServer } from '#test/server.ts';
import { createHealth } from './create-health.ts';

const server = useServer();
const closers: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

/** The health of a house whose database is reached like this. */
function healthAt(appUrl: string, patienceMs = 3_000) {
  const db = openDatabase({ appUrl, acrossRole: server.test.acrossRole, poolSize: 2 });
  closers.push(() => db.close());
  return createHealth({ ...server.house, db }, { patienceMs });
}

/** A database server that takes connections and then says nothing, as one that was frozen does. */
async function freezeServer(): Promise<string> {
  const held = createServer();
  const sockets = new Set<{ destroy(): void }>();
  held.on('connection', (socket) => {
    socket.on('error', () => undefined);
    sockets.add(socket);
  });
  held.listen(0, '127.0.0.1');
  await once(held, 'listening');
  // First of all, so that the pool has nothing to wait for.
  closers.unshift(async () => {
    for (const socket of sockets) socket.destroy();
    held.close();
  });
  const url = new URL(server.test.appUrl);
  url.host = `127.0.0.1:${(held.address() as AddressInfo).port}`;
  return url.href;
}

describe('the health of an installation', () => {
  it('says how it is, and names no worker where there is none', async () => {
    const { reasons, ...health } = await createHealth(server.house).read();
    expect(reasons).toContain('no-worker');
    expect(reasons).not.toContain('migrations-missing');
    expect(health).toMatchObject({ ok: false, ready: true, database: 'reached', workers: 0, overdue: 0 });
    expect(health.diskFreeMb).toBeGreaterThan(0);
  });

  it('is red at once when the database is away', async () => {
    const url = new URL(server.test.appUrl);
    url.port = '1';
    const health = await healthAt(url.href).read();
    expect(health).toMatchObject({ ok: false, ready: false, database: 'not-reached' });
    expect(health.reasons).toEqual(['database-not-reached']);
  });

  it('is red in time when the database takes connections and says nothing, however often it is asked', async () => {
    const health = healthAt(await freezeServer(), 100);
    for (let asked = 0; asked < 5; asked += 1)
      expect(await health.read()).toMatchObject({ ready: false, reasons: ['database-not-reached'] });
  });

  it('is red when the database takes no changes', async () => {
    const url = new URL(server.test.appUrl);
    url.searchParams.set('options', '-c default_transaction_read_only=on');
    const health = await healthAt(url.href).read();
    expect(health).toMatchObject({ ok: false, ready: false, database: 'read-only' });
    expect(health.reasons).toContain('database-read-only');
  });

  it('is red when the database was put back to an older schema', async () => {
    const set = (step: string) =>
      server.house.db.outside((tx) => sql`UPDATE installation SET schema_step = ${step}`.execute(tx));
    await set('0001-foundation.sql');
    const { reasons, ready } = await createHealth(server.house).read();
    await set(lastMigration());
    expect({ has: reasons.includes('migrations-missing'), ready }).toEqual({ has: true, ready: false });
  });

  it('is red when facts could be passed on and nobody does, and not when one waits for its next try', async () => {
    const { workspaceId } = await makeTeam(server);
    const { db } = server.house;
    await server.settle();
    await db.inWorkspace(workspaceId, async (tx) => {
      await tellFact(tx, { workspaceId, kind: 'test.happened', payload: {} });
      await sql`UPDATE fact SET at = at - interval '1 day', tries = 9 WHERE handed_on_at IS NULL`.execute(tx);
    });
    const wait = (by: string) =>
      db.inWorkspace(workspaceId, (tx) =>
        sql`UPDATE fact SET next_try_at = clock.now() + ${by}::interval WHERE kind = 'test.happened'`.execute(tx),
      );
    const health = createHealth(server.house);
    await wait('30 minutes');
    expect((await health.read()).reasons).not.toContain('facts-waiting');
    await wait('-2 minutes');
    expect((await health.read()).reasons).toContain('facts-waiting');
    await server.settle();
    expect((await health.read()).reasons).not.toContain('facts-waiting');
  });

  it('is red when jobs are due for minutes and none begins', async () => {
    const { pool } = server.house.db;
    await pool.query(`DELETE FROM pgboss.job`);
    await pool.query(
      `INSERT INTO pgboss.job (name, start_after) VALUES ('mail.sweep', pgboss.job_now() - interval '6 minutes')`,
    );
    const health = createHealth(server.house);
    expect((await health.read()).reasons).toContain('jobs-waiting');
    await server.settle();
    expect((await health.read()).reasons).not.toContain('jobs-waiting');
  });

  it('says by its addresses what it is asked: how all is, whether it can answer, whether it lives', async () => {
    const statusOf = async (address: string) => (await server.api(address)).status;
    expect(await statusOf('/health')).toBe(503);
    expect(await statusOf('/health/ready')).toBe(200);
    expect(await statusOf('/health/live')).toBe(200);
    const body = (await (await server.api('/health')).json()) as Record<string, unknown>;
    expect(Object.keys(body).sort()).toEqual([
      'database',
      'detectorAgeSeconds',
      'diskFreeMb',
      'factsWaitSeconds',
      'jobsWaitSeconds',
      'ok',
      'oldestOverdueSeconds',
      'overdue',
      'reasons',
      'workers',
    ]);
  });
});
