import { execFileSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { hasDebianPostgres } from '#test/servers/debian-postgres/index.ts';
import { reachDebianServer, startDebian, useDebianServer } from './database-server.ts';
import type { Fault } from './fault.ts';

const programs = '/usr/lib/postgresql/15/bin';

/**
 * A dump taken while posts go out and workers are killed; the old installation goes on for a while, then it is gone and
 * the dump is put back on another server. What went out after the dump looks scheduled there, and must not go out again.
 */
export const restoredBackups: Fault = {
  name: 'F12',
  about: 'a backup taken under random kills, put back elsewhere, workers started on it',
  async run(stage) {
    if (!hasDebianPostgres()) throw new Error('Debian’s postgresql-15 is not on this machine.');
    const postgres = await startDebian();
    stage.onEnd(() => postgres.remove());
    const ledger = await stage.openLedger({ server: await useDebianServer(postgres) });
    stage.allow(ledger, { held: ['new-history'] });
    const accounts = await stage.openAccounts('backup', stage.sized({ small: 8, whole: 50 }));
    await ledger.connect(accounts);
    const overMs = stage.sized({ small: 9_000, whole: 24_000 });
    const count = stage.sized({ small: 45, whole: 450 });
    let worker = await ledger.startWorker();
    const second = await ledger.startWorker();
    await ledger.schedule(accounts, { label: 'F12 before', count, overMs });
    await ledger.schedule(accounts, { label: 'F12 after', count: count / 3, inMs: overMs + 25_000, overMs: 10_000 });
    await ledger.untilSome(`state = 'published'`, 60_000);
    await sleep(overMs / 4);
    await worker.kill();
    const dump = path.join(mkdtempSync(path.join(tmpdir(), 'dump-')), 'goalpost.dump');
    const from = ledger.server.adminUrl(ledger.database);
    execFileSync(path.join(programs, 'pg_dump'), ['--format=custom', `--file=${dump}`, from]);
    const roles = execFileSync(path.join(programs, 'pg_dumpall'), ['--roles-only', `--dbname=${from}`]);
    worker = await ledger.startWorker();
    await sleep(overMs / 3);
    await Promise.all([worker.kill(), second.kill()]);

    const other = await startDebian();
    stage.onEnd(() => other.remove());
    const next = reachDebianServer(other);
    execFileSync(path.join(programs, 'psql'), ['--quiet', next.adminUrl('postgres')], {
      // The administrator is there already.
      input: roles.toString().replace(/^(CREATE|ALTER) ROLE postgres\b.*$/gm, ''),
      stdio: ['pipe', 'ignore', 'ignore'],
    });
    const target = next.adminUrl('postgres');
    execFileSync(path.join(programs, 'pg_restore'), ['--create', `--dbname=${target}`, dump]);
    await ledger.moveTo(next);
    await ledger.startWorker();
    await ledger.startWorker();
    await stage.untilAtRest(180_000);
    const [held] = await ledger.ask<{ count: number }>(
      `SELECT count(*)::int AS count FROM delivery WHERE held_reason = 'new-history'`,
    );
    if (!held?.count) stage.complain('nothing went out between the backup and the end');
  },
};
