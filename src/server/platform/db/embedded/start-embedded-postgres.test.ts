import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type EmbeddedPostgres, startEmbeddedPostgres } from './index.ts';
import { findOccupants, isAlive } from './process-life.ts';

const asRoot = process.getuid?.() === 0;
const childScript = path.resolve(import.meta.dirname, '../../../../../test/embedded-postgres-child.ts');

let dataDir = '';
let stops: (() => Promise<void>)[] = [];
beforeEach(() => {
  // A fresh temporary folder is 0700: every test here runs below a folder closed to others.
  dataDir = mkdtempSync(path.join(tmpdir(), 'goalpost-embedded-'));
});
afterEach(async () => {
  for (const stop of stops) await stop();
  stops = [];
  rmSync(dataDir, { recursive: true, force: true });
});

const inCluster = (name: string): string => path.join(dataDir, 'postgres', 'cluster', name);

async function start(): Promise<EmbeddedPostgres> {
  const quiet = (): void => undefined;
  const postgres = await startEmbeddedPostgres({
    dataDir,
    durable: false,
    log: { info: quiet, warn: quiet, error: quiet },
  });
  stops.push(() => postgres.stop());
  return postgres;
}

async function ask(url: string, sql: string): Promise<unknown[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query({ text: sql, rowMode: 'array' });
    return rows.flat();
  } finally {
    await client.end();
  }
}

type Line = { step: string; ownerUrl?: string; pids?: number[]; reason?: string; account?: string };

/** Starts a Goalpost of its own on the folder; resolves at the step asked for. */
async function startChild(
  until: string,
  prefix: string[] = [],
  env = process.env,
): Promise<{ child: ChildProcess; line: Line; seen: Line[] }> {
  const [command = '', ...args] = [...prefix, process.execPath, childScript, dataDir];
  const child = spawn(command, args, { env, stdio: ['ignore', 'pipe', 'inherit'] });
  const seen: Line[] = [];
  stops.push(async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGTERM');
    await once(child, 'exit');
  });
  if (child.stdout === null) throw new Error('no output');
  for await (const text of createInterface(child.stdout)) {
    const line: Line = JSON.parse(text);
    seen.push(line);
    if (line.step === until || line.step === 'refused') return { child, line, seen };
  }
  throw new Error(`ended before ${until}`);
}

async function kill(child: ChildProcess): Promise<void> {
  child.kill('SIGKILL');
  await once(child, 'exit');
}

describe('a first start', () => {
  test('gives a UTF-8 database that the owner owns without being a superuser', async () => {
    const { ownerUrl } = await start();
    expect(
      await ask(ownerUrl, 'SELECT current_user, rolsuper, rolcreaterole FROM pg_roles WHERE rolname = current_user'),
    ).toEqual(['goalpost_owner', false, true]);
    expect(
      await ask(
        ownerUrl,
        'SELECT datname, pg_get_userbyid(datdba), pg_encoding_to_char(encoding), datlocprovider, datlocale FROM pg_database WHERE datname = current_database()',
      ),
    ).toEqual(['goalpost', 'goalpost_owner', 'UTF8', 'b', 'C.UTF-8']);
  });

  test('listens on loopback only and asks for the password, which others cannot read', async () => {
    const { ownerUrl, url } = await start();
    expect(await ask(url('postgres', 'postgres'), 'SHOW listen_addresses')).toEqual(['127.0.0.1']);
    await expect(ask(ownerUrl.replace(/:[^:@]+@/, ':wrong@'), 'SELECT 1')).rejects.toThrow(
      'password authentication failed',
    );
    expect(statSync(path.join(dataDir, 'postgres', 'password')).mode & 0o777).toBe(0o600);
    expect(statSync(path.join(dataDir, 'postgres')).mode & 0o777).toBe(0o700);
  });

  test('keeps fsync on unless told otherwise', async () => {
    const quiet = (): void => undefined;
    const postgres = await startEmbeddedPostgres({ dataDir, log: { info: quiet, warn: quiet, error: quiet } });
    stops.push(() => postgres.stop());
    const settings =
      "SELECT setting FROM pg_settings WHERE name IN ('fsync', 'full_page_writes', 'synchronous_commit')";
    expect(await ask(postgres.ownerUrl, settings)).toEqual(['on', 'on', 'on']);
  });
});

describe('a second start', () => {
  test('finds what the first one wrote, under the same password', async () => {
    const first = await start();
    await ask(first.ownerUrl, 'CREATE TABLE kept AS SELECT 7 AS n');
    await first.stop();
    expect(first.pids().some(isAlive)).toBe(false);
    const second = await start();
    expect(second.password('goalpost_owner')).toBe(first.password('goalpost_owner'));
    expect(await ask(second.ownerUrl, 'SELECT n FROM kept')).toEqual([7]);
  });

  test('is refused while the first one runs, in the same process and in another', async () => {
    const first = await start();
    await expect(start()).rejects.toThrow(/Another Goalpost \(process \d+\) is using the database/);
    const { line } = await startChild('ready');
    expect(line.reason).toContain(`Another Goalpost (process ${process.pid})`);
    expect(await ask(first.ownerUrl, 'SELECT 1')).toEqual([1]);
  });
});

describe('after a kill -9', () => {
  test('of Goalpost, the next start ends what was left and finds what was committed', async () => {
    const { child, line } = await startChild('ready');
    await ask(line.ownerUrl ?? '', 'CREATE TABLE kept AS SELECT 7 AS n');
    await kill(child);
    const next = await start();
    expect(await ask(next.ownerUrl, 'SELECT n FROM kept')).toEqual([7]);
    expect(line.pids?.filter(isAlive)).toEqual([]);
  });

  test('of Goalpost, PostgreSQL ends by itself', async () => {
    const { child, line } = await startChild('ready');
    await kill(child);
    for (let turn = 0; turn < 100 && line.pids?.some(isAlive); turn += 1) await sleep(50);
    expect(line.pids?.filter(isAlive)).toEqual([]);
  });

  test('of everything, the next start recovers', async () => {
    const { child, line } = await startChild('ready');
    await ask(line.ownerUrl ?? '', 'CREATE TABLE kept AS SELECT 7 AS n');
    const ended = once(child, 'exit');
    for (const pid of [child.pid ?? 0, ...(line.pids ?? [])]) if (isAlive(pid)) process.kill(pid, 'SIGKILL');
    await ended;
    const next = await start();
    expect(await ask(next.ownerUrl, 'SELECT n FROM kept')).toEqual([7]);
  });

  test('of the postmaster alone, its children still there, the next start recovers', async () => {
    const { child, line } = await startChild('ready');
    const ended = once(child, 'exit');
    for (const pid of [child.pid ?? 0, line.pids?.[0] ?? 0]) process.kill(pid, 'SIGKILL');
    await ended;
    const next = await start();
    expect(await ask(next.ownerUrl, 'SELECT 1')).toEqual([1]);
  });

  test('in the middle of the first preparation, the next start prepares anew', async () => {
    const { child } = await startChild('preparing');
    await sleep(150);
    await kill(child);
    expect(readdirSync(path.join(dataDir, 'postgres')).filter((name) => name.startsWith('cluster'))).not.toContain(
      'cluster',
    );
    const next = await start();
    expect(await ask(next.ownerUrl, 'SELECT 1')).toEqual([1]);
    expect(readdirSync(path.join(dataDir, 'postgres')).sort()).toEqual(['cluster', 'lock', 'log', 'password']);
  });

  test('an old file that names a living stranger does not stop the next start', async () => {
    const first = await start();
    const left = readFileSync(inCluster('postmaster.pid'), 'utf8');
    await first.stop();
    writeFileSync(inCluster('postmaster.pid'), left.replace(/^\d+/, String(process.ppid)));
    const next = await start();
    expect(await ask(next.ownerUrl, 'SELECT 1')).toEqual([1]);
    expect(isAlive(process.ppid)).toBe(true);
  });
});

test('a postmaster that ends by itself is started again at the same address', async () => {
  const { ownerUrl, pids } = await start();
  const [postmaster = 0] = pids();
  process.kill(postmaster, 'SIGKILL');
  let answer: unknown[] = [];
  for (let turn = 0; turn < 200 && answer.length === 0; turn += 1) {
    await sleep(50);
    answer = await ask(ownerUrl, 'SELECT 1').catch(() => []);
  }
  expect(answer).toEqual([1]);
  expect(pids()[0]).not.toBe(postmaster);
});

test('a stop while it is being started again ends it for good', async () => {
  const { pids, stop } = await start();
  const [postmaster = 0] = pids();
  process.kill(postmaster, 'SIGKILL');
  while (isAlive(postmaster)) await sleep(1);
  await stop();
  expect(findOccupants(path.join(dataDir, 'postgres', 'cluster'), null)).toEqual([]);
  await start();
});

test('SIGTERM to its Goalpost stops it in order', async () => {
  const { child, line } = await startChild('ready');
  child.kill('SIGTERM');
  expect(await once(child, 'exit')).toEqual([0, null]);
  expect(line.pids?.filter(isAlive)).toEqual([]);
  expect(existsSync(inCluster('postmaster.pid'))).toBe(false);
});

if (asRoot) {
  describe('as root', () => {
    test('it runs in a user namespace, or without one as nobody, and each opens what the other made', async () => {
      const first = await start();
      await ask(first.ownerUrl, 'CREATE TABLE kept AS SELECT 7 AS n');
      await first.stop();
      const withoutUnshare = path.join(dataDir, 'bin');
      mkdirSync(withoutUnshare);
      symlinkSync('/usr/bin/setpriv', path.join(withoutUnshare, 'setpriv'));
      const { child, line, seen } = await startChild('ready', [], { ...process.env, PATH: withoutUnshare });
      expect(seen.map(({ account }) => account)).toContain('nobody, passing closed folders');
      expect(await ask(line.ownerUrl ?? '', 'SELECT n FROM kept')).toEqual([7]);
      await kill(child);
      const last = await start();
      expect(await ask(last.ownerUrl, 'SELECT n FROM kept')).toEqual([7]);
    });

    test('an ordinary user starts it too', async () => {
      // In such a namespace our own files are an ordinary user's, wherever the checkout lies.
      const asUser = ['unshare', '--user', '--map-user=65534', '--map-group=65534'];
      const { line, seen } = await startChild('ready', asUser);
      expect(seen.map(({ account }) => account)).toContain('this user');
      expect(await ask(line.ownerUrl ?? '', 'SELECT 1')).toEqual([1]);
    });
  });
}
