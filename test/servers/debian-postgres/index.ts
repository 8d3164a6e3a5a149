import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { chownSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Client } from 'pg';
import { findFreePort } from '#test/find-free-port.ts';

/** A PostgreSQL 15 as Debian ships it, in a process and a temporary folder of its own. */
export interface DebianPostgres {
  port: number;
  /** Where its files are; its address for an administrator who may do everything. */
  folder: string;
  adminUrl: string;
  /** The address of a login in one of its databases. */
  url(login: string, password: string, database: string): string;
  /** Runs statements as the administrator, in the database `postgres` unless another is named. */
  asAdmin(statements: string[], database?: string): Promise<void>;
  /** Ends it as a power failure would not: in order. */
  stop(): Promise<void>;
  /** Starts it again on the same port, after `stop`. */
  start(): Promise<void>;
  /** Stops it and removes its files. */
  remove(): Promise<void>;
}

const programs = '/usr/lib/postgresql/15/bin';

/** Whether Debian's PostgreSQL 15 is on this machine. */
export const hasDebianPostgres = (): boolean => existsSync(path.join(programs, 'postgres'));

/** Makes and starts one; `standbyOf` makes it a copy that follows another one. */
export async function startDebianPostgres(options: { standbyOf?: DebianPostgres } = {}): Promise<DebianPostgres> {
  const folder = mkdtempSync(path.join(tmpdir(), 'goalpost-pg15-'));
  const cluster = path.join(folder, 'cluster');
  const port = await findFreePort();
  const password = options.standbyOf ? new URL(options.standbyOf.adminUrl).password : randomBytes(12).toString('hex');
  const account = findAccount();
  if (account) chownSync(folder, account.uid, account.gid);
  const prefix = account
    ? ['setpriv', `--reuid=${account.uid}`, `--regid=${account.gid}`, '--clear-groups', '--pdeathsig', 'INT']
    : ['setpriv', '--pdeathsig', 'INT'];
  const run = (program: string, args: string[]) => {
    const [command = '', ...words] = [...prefix, path.join(programs, program), ...args];
    execFileSync(command, words, { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'], env: { PGPASSWORD: password } });
  };
  if (options.standbyOf) {
    const from = ['-h', '127.0.0.1', '-p', String(options.standbyOf.port), '-U', 'postgres'];
    run('pg_basebackup', [...from, '-D', cluster, '-R', '-X', 'stream', '-c', 'fast']);
  } else {
    const file = path.join(folder, 'password');
    writeFileSync(file, password);
    if (account) chownSync(file, account.uid, account.gid);
    run('initdb', [
      '-D',
      cluster,
      '-U',
      'postgres',
      '-E',
      'UTF8',
      '--no-locale',
      '-A',
      'scram-sha-256',
      '-N',
      `--pwfile=${file}`,
    ]);
  }
  const url = (login: string, itsPassword: string, database: string) =>
    `postgres://${login}:${itsPassword}@127.0.0.1:${port}/${database}`;
  const adminUrl = url('postgres', password, 'postgres');
  let child: ChildProcess | null = null;
  const stop = async () => {
    const ending = child;
    child = null;
    if (!ending || ending.exitCode !== null || ending.signalCode !== null) return;
    ending.kill('SIGINT');
    await once(ending, 'exit');
  };
  const start = async () => {
    const settings = {
      port,
      listen_addresses: '127.0.0.1',
      unix_socket_directories: '',
      fsync: 'off',
      max_connections: 200,
    };
    const words = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
    const [command = '', ...args] = [...prefix, path.join(programs, 'postgres'), '-D', cluster, ...words];
    child = spawn(command, args, { cwd: folder, stdio: 'ignore', detached: true });
    await untilReady(cluster, child);
  };
  await start();
  return {
    port,
    folder,
    adminUrl,
    url,
    stop,
    start,
    async asAdmin(statements, database = 'postgres') {
      const client = new Client({ connectionString: url('postgres', password, database) });
      await client.connect();
      try {
        for (const statement of statements) await client.query(statement);
      } finally {
        await client.end();
      }
    },
    async remove() {
      await stop();
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

async function untilReady(cluster: string, child: ChildProcess): Promise<void> {
  for (let n = 0; n < 1_200; n += 1) {
    if (child.exitCode !== null) throw new Error(`PostgreSQL 15 ended with ${child.exitCode}.`);
    const lines = existsSync(path.join(cluster, 'postmaster.pid'))
      ? readFileSync(path.join(cluster, 'postmaster.pid'), 'utf8').split('\n')
      : [];
    if (Number(lines[0]) === child.pid && ['ready', 'standby'].includes(lines[7]?.trim() ?? '')) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('PostgreSQL 15 did not start.');
}

/** PostgreSQL refuses to be root; Debian's own account for it is there whenever its package is. */
function findAccount(): { uid: number; gid: number } | null {
  if (process.getuid?.() !== 0) return null;
  const users = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'));
  const [, , uid, gid] = users.find(([name]) => name === 'postgres') ?? users.find(([name]) => name === 'nobody') ?? [];
  return { uid: Number(uid), gid: Number(gid) };
}
