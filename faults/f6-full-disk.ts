import { execFileSync } from 'node:child_process';
import { appendFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { hasDebianPostgres } from '#test/servers/debian-postgres/index.ts';
import { startDebian, useDebianServer } from './database-server.ts';
import type { Fault } from './fault.ts';

const DISK_MB = 400;

/** The database's disk fills up while posts come due, PostgreSQL goes down with it, and somebody makes room. */
export const fullDisk: Fault = {
  name: 'F6',
  about: 'the disk of the database is full; PostgreSQL ends, is given room and started again',
  async run(stage) {
    if (!hasDebianPostgres()) throw new Error('Debian’s postgresql-15 is not on this machine.');
    if (process.getuid?.() !== 0) throw new Error('Only root may mount a disk of its own.');
    const disk = mkdtempSync(path.join(tmpdir(), 'disk-'));
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${DISK_MB}m,mode=0755`, 'tmpfs', disk]);
    stage.onEnd(() => execFileSync('umount', ['-l', disk]));
    const usual = process.env['TMPDIR'];
    process.env['TMPDIR'] = disk;
    const postgres = await startDebian();
    if (usual === undefined) delete process.env['TMPDIR'];
    else process.env['TMPDIR'] = usual;
    stage.onEnd(() => postgres.remove());
    const ledger = await stage.openLedger({ server: await useDebianServer(postgres) });
    const accounts = await stage.openAccounts('disk', stage.sized({ small: 8, whole: 40 }));
    await ledger.connect(accounts);
    const count = stage.sized({ small: 40, whole: 300 });
    const worker = await ledger.startWorker();
    await ledger.schedule(accounts, { label: 'F6 loaf', count, inMs: 500, overMs: 30_000 });
    await ledger.untilSome(`state = 'published'`, 60_000);
    await sleep(3_000);
    const ballast = path.join(disk, 'ballast');
    fill(ballast);
    // What PostgreSQL had set aside is used up; what it cannot write then ends it.
    let isDown = false;
    for (let n = 0; n < 600 && !isDown; n += 1) {
      isDown = await ledger
        .ask(`SELECT pg_logical_emit_message(false, 'x', repeat('x', 1000000))`)
        .then(() => false)
        .catch((error: { code?: string }) => error.code !== '53100');
    }
    if (!isDown) stage.complain('the full disk was never noticed');
    await sleep(8_000);
    rmSync(ballast);
    await postgres.stop();
    await postgres.start();
    await stage.untilAtRest(180_000);
    if (worker.output().includes('"level":"fatal"')) stage.complain('the worker gave up');
  },
};

/** Writes until nothing more can be written. */
function fill(file: string): void {
  for (const bytes of [4_000_000, 100_000, 4_096]) {
    try {
      for (;;) appendFileSync(file, Buffer.alloc(bytes));
    } catch {
      // As full as it gets with pieces of this size.
    }
  }
}
