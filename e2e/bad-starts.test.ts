import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import {
  chmodSync,
  chownSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startEmbeddedPostgres } from '#server/platform/db/embedded/index.ts';
import { findProcessesOf } from './processes.ts';
import { type Installation, makeInstallation, openClient, type Product, signUpOwnerIn, until } from './product.ts';

const isRoot = process.getuid?.() === 0;
const main = path.join(import.meta.dirname, '../src/server/entry/main.ts');

/** Was started once, has Mali in it, and is at rest. */
let lived: Installation;
let cookie: { name: string; value: string };
let installation: Installation;
let products: Product[] = [];
let undo: (() => void)[] = [];

beforeAll(async () => {
  lived = await makeInstallation();
  const product = await lived.start();
  ({ cookie } = await signUpOwnerIn(lived.url));
  await product.stop();
});
afterAll(() => lived?.remove());
beforeEach(async () => {
  installation = await makeInstallation();
});
afterEach(async () => {
  for (const product of products) await product.kill();
  products = [];
  for (const step of undo.reverse()) step();
  undo = [];
  await until(
    async () => findProcessesOf(installation.dataDir),
    (left) => left.length === 0,
    20_000,
  );
  installation.remove();
});

const start = async (settings?: Record<string, string>, of = installation): Promise<Product> => {
  const product = await of.start(settings);
  products.push(product);
  return product;
};

/** Goes on with an installation that has been started before. */
async function takeLived(): Promise<void> {
  installation.remove();
  installation = await lived.copy();
}

/** Asks the installation's own database, which must not be running. */
async function inDatabase(sql: string): Promise<Record<string, unknown>[]> {
  const quiet = (): void => undefined;
  const { dataDir } = installation;
  const postgres = await startEmbeddedPostgres({ dataDir, log: { info: quiet, warn: quiet, error: quiet } });
  const client = new Client({ connectionString: postgres.ownerUrl });
  try {
    await client.connect();
    const result = await client.query<Record<string, unknown>>(sql);
    return result.rows ?? [];
  } finally {
    await client.end();
    await postgres.stop();
  }
}

describe('a port that cannot be had', () => {
  it('is named with its setting, and by whom it is held; nothing is prepared', async () => {
    const stranger = createServer((socket) => socket.end('220 mail.example\r\n'));
    stranger.listen(installation.port, '127.0.0.1');
    await once(stranger, 'listening');
    undo.push(() => stranger.close());
    const another = await lived.copy();
    const running = await start({}, another);
    const [byStranger, byAnother] = [start(), start({ PORT: String(another.port) })];
    await Promise.all([
      expect(byStranger).rejects.toThrow(`Port ${installation.port} is taken. Another program listens there`),
      expect(byStranger).rejects.toThrow('GOALPOST_PORT'),
      expect(byAnother).rejects.toThrow('Another Goalpost answers there'),
    ]);
    expect(readdirSync(installation.dataDir)).toEqual([]);
    await running.stop();
    another.remove();
  });
});

describe('a data folder that cannot be used', () => {
  it('is named when it is a file, or lies below one', async () => {
    const file = path.join(installation.dataDir, 'file');
    writeFileSync(file, 'a letter');
    for (const folder of [file, path.join(file, 'data')])
      await expect(start({ DATA_DIR: folder })).rejects.toThrow(`cannot use the data folder ${folder}`);
    expect(readFileSync(file, 'utf8')).toBe('a letter');
  });

  it('is named when this user may not write to it, or not pass the folder above it', async () => {
    const closed = path.join(installation.dataDir, 'closed');
    const readable = path.join(installation.dataDir, 'readable');
    mkdirSync(closed, { mode: 0o700 });
    mkdirSync(readable, { mode: 0o555 });
    if (isRoot) chmodSync(installation.dataDir, 0o755);
    else chmodSync(closed, 0o000);
    // Root is let in everywhere, so it becomes somebody else.
    const prefix = isRoot ? ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups', '--inh-caps=-all'] : [];
    for (const folder of [path.join(closed, 'data'), readable]) {
      const [command = '', ...args] = [...prefix, process.execPath, main];
      const child = spawn(command, args, {
        env: { PATH: process.env['PATH'], GOALPOST_DATA_DIR: folder, GOALPOST_PORT: String(installation.port) },
        stdio: ['ignore', 'ignore', 'pipe'],
      });
      let said = '';
      child.stderr.on('data', (text: Buffer) => {
        said += text.toString();
      });
      const [code] = await once(child, 'exit');
      expect(said).toContain(`cannot use the data folder ${folder}: this user may not write`);
      expect(said).toContain('GOALPOST_DATA_DIR');
      expect(code).toBe(1);
    }
    if (!isRoot) chmodSync(closed, 0o700);
  });

  it.runIf(isRoot)(
    'that belongs to another user is used by root as that user, who can go on with it alone',
    async () => {
      chownSync(installation.dataDir, 65_534, 65_534);
      const first = await start();
      const { cookie: theirs } = await signUpOwnerIn(installation.url);
      await first.stop();
      await start();
      expect((await openClient(installation.url, theirs).me.get({})).email).toBe('mali@bakery.example');
    },
  );
});

describe('a second Goalpost on the same data folder', () => {
  it('says which process and address is running, ends with 1 and harms nothing', async () => {
    await takeLived();
    const running = await start();
    const same = new RegExp(`process ${running.pid}, http://localhost:${installation.port}\\)`);
    const free = await makeInstallation();
    const others = [start(), start({ PORT: String(free.port) })];
    await Promise.all(others.map((other) => expect(other).rejects.toThrow(same)));
    free.remove();
    const me = await openClient(installation.url, cookie).me.get({});
    expect(me.email).toBe('mali@bakery.example');
  });

  it('comes up over the files of a killed one, though their process ids now belong to others', async () => {
    await takeLived();
    await (await start()).kill();
    await until(
      async () => findProcessesOf(installation.dataDir),
      (left) => left.length === 0,
      20_000,
    );
    const folder = path.join(installation.dataDir, 'postgres');
    const stranger = spawn('sleep', ['60']);
    undo.push(() => stranger.kill());
    const lock = JSON.parse(readFileSync(path.join(folder, 'lock'), 'utf8'));
    writeFileSync(path.join(folder, 'lock'), JSON.stringify({ ...lock, pid: stranger.pid }));
    const [, ...rest] = ['', installation.dataDir, '0', '5432', '', '127.0.0.1', '', 'ready'];
    writeFileSync(path.join(folder, 'cluster/postmaster.pid'), [stranger.pid, ...rest, ''].join('\n'));
    await start();
    expect((await openClient(installation.url, cookie).me.get({})).email).toBe('mali@bakery.example');
    expect(stranger.exitCode).toBeNull();
  });
});

describe('data of another Goalpost', () => {
  it('from a newer version is refused by name and stays as it was', async () => {
    await takeLived();
    await inDatabase(`INSERT INTO migration (name, checksum) VALUES ('9999-from-tomorrow.sql', 'x')`);
    await expect(start()).rejects.toThrow(/newer version of Goalpost \(it knows 9999-from-tomorrow.sql\)/);
    await inDatabase(`DELETE FROM migration WHERE name = '9999-from-tomorrow.sql'`);
    await start();
  });

  it('made by another PostgreSQL is refused and stays as it was', async () => {
    const cluster = path.join(installation.dataDir, 'postgres/cluster');
    mkdirSync(cluster, { recursive: true, mode: 0o700 });
    writeFileSync(path.join(cluster, 'PG_VERSION'), '16\n');
    await expect(start()).rejects.toThrow('was made by PostgreSQL 16; this Goalpost brings 18');
    expect(readdirSync(cluster)).toEqual(['PG_VERSION']);
  });
});

describe('the key', () => {
  const key = () => path.join(installation.dataDir, 'key');

  it('is not made anew when its file is gone: Goalpost says what to do, and goes on with the copy or without', async () => {
    await takeLived();
    const copy = path.join(installation.dataDir, 'copy-of-key');
    renameSync(key(), copy);
    const refused = start();
    await expect(refused).rejects.toThrow(`The key file ${key()} is missing`);
    await expect(refused).rejects.toThrow('GOALPOST_KEY_LOST=yes');
    expect(existsSync(key())).toBe(false);
    writeFileSync(key(), randomBytes(32).toString('base64'), { mode: 0o600 });
    await expect(start()).rejects.toThrow('Stored secrets were sealed with the key');
    copyFileSync(copy, key());
    await (await start()).stop();
    rmSync(key());
    await start({ KEY_LOST: 'yes' });
  });

  it('of another installation is refused before anything is changed; a lost one can be given up', async () => {
    await takeLived();
    const ids = `'00000000-0000-4000-8000-000000000001'`;
    await inDatabase(`
      INSERT INTO workspace (id, name, language, zone) VALUES (${ids}, 'Bakery', 'en', 'UTC');
      INSERT INTO channel (workspace_id, id, network, name, state) VALUES (${ids}, ${ids}, 'bluesky', 'Bluesky', 'active');
      INSERT INTO connection (workspace_id, channel_id, remote_id, handle, name, address, credential, state)
        VALUES (${ids}, ${ids}, 'did:plc:x', 'x', 'x', 'https://x.example', 'v1.abcdef01.bm9uY2U.Ynl0ZXM', 'connected')`);
    const refused = start();
    await expect(refused).rejects.toThrow('sealed with the key abcdef01');
    expect(await inDatabase('SELECT state FROM connection')).toEqual([{ state: 'connected' }]);
    const forgiving = await start({ KEY_LOST: 'yes' });
    expect(forgiving.output()).toContain('Gave up the credentials of 1 channels');
    await forgiving.stop();
    await start();
  });
});

describe('SIGTERM during the first start', () => {
  it.each([0, 300, 900, 2_000])('after %i ms ends in order, and the next start comes up', async (afterMs) => {
    const child = installation.launch();
    child.stderr.pipe(process.stderr);
    // Before that it is not Goalpost yet, but Node reading it.
    await until(async () => readdirSync(installation.dataDir).length > 0, Boolean, 30_000);
    await sleep(afterMs);
    child.kill('SIGTERM');
    child.stdout.resume();
    expect(await once(child, 'exit')).toEqual([0, null]);
    expect(findProcessesOf(installation.dataDir)).toEqual([]);
    await start();
  });
});
