import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Client } from 'pg';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { keepPassword } from '#server/platform/db/embedded/keep-password.ts';
import { type Installation, makeInstallation, type Product, signUpOwner, until } from './product.ts';

let installation: Installation;
let product: Product | null = null;
let undo: (() => void)[] = [];

beforeEach(async () => {
  installation = await makeInstallation();
});
afterEach(async () => {
  await product?.kill();
  product = null;
  for (const step of undo.reverse()) step();
  undo = [];
  installation.remove();
});

/** The running database's own administrator, by what is written in the data folder. */
async function openAdministrator(dataDir: string): Promise<Client> {
  const folder = path.join(dataDir, 'postgres');
  const port = readFileSync(path.join(folder, 'cluster/postmaster.pid'), 'utf8').split('\n')[3];
  const password = keepPassword(path.join(folder, 'password'))('postgres');
  const client = new Client({ connectionString: `postgres://postgres:${password}@127.0.0.1:${port}/postgres` });
  client.on('error', () => undefined);
  await client.connect();
  return client;
}

describe.runIf(canMount())('a full disk', () => {
  const disk = (sizeMb: number): string => {
    const folder = mkdtempSync(path.join(tmpdir(), 'goalpost-disk-'));
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${sizeMb}m,mode=0700`, 'tmpfs', folder]);
    undo.push(() => {
      execFileSync('umount', ['-l', folder]);
      rmSync(folder, { recursive: true });
    });
    return folder;
  };

  it('at the first start is told before anything is made there', async () => {
    const folder = disk(60);
    const refused = installation.start({ DATA_DIR: folder });
    await expect(refused).rejects.toThrow(`The disk of the data folder ${folder} is full`);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('while it runs loses nothing that was acknowledged, and goes on by itself when there is room', async () => {
    // With room again there is more of it than health calls too little.
    const folder = disk(700);
    product = await installation.start({ DATA_DIR: folder });
    const { output, stop } = product;
    const client = await signUpOwner(installation.url);
    const { id: workspaceId } = await client.workspaces.create({ name: 'Bakery', language: 'en', zone: 'UTC' });
    const ballast = path.join(folder, 'ballast');
    const acknowledged: string[] = [];
    const write = async (title: string) => {
      await client.objectives.create({ workspaceId, title });
      acknowledged.push(title);
    };
    for (let n = 0; n < 3; n += 1) await write(`Before ${n}`);
    const { bavail, bsize } = statfsSync(folder);
    writeFileSync(ballast, Buffer.alloc(bavail * bsize));
    // What PostgreSQL set aside is used up soon; then it can write nothing more, and ends.
    const administrator = await openAdministrator(folder);
    const lost = new Promise<void>((resolve) => administrator.on('end', resolve));
    const exhaust = async () => {
      for (let n = 0; n < 400; n += 1)
        await administrator.query(`SELECT pg_logical_emit_message(false, 'x', repeat('x', 1000000))`);
    };
    await Promise.allSettled([exhaust(), ...Array.from({ length: 8 }, (_, n) => write(`Objective ${n}`))]);
    await lost;
    await expect(write('Into the void')).rejects.toThrow();
    await until(
      async () => output(),
      (said) => said.includes('the disk is full'),
      30_000,
    );
    rmSync(ballast);
    await until(
      () => client.objectives.list({ workspaceId }),
      ({ items }) => items.length > 0,
      60_000,
    );
    const { items } = await client.objectives.list({ workspaceId });
    expect(items.map(({ title }) => title)).toEqual(expect.arrayContaining(acknowledged));
    await until(
      () => fetch(`${installation.url}/health`).then(({ status }) => status),
      (status) => status === 200,
      90_000,
    );
    await client.objectives.create({ workspaceId, title: 'There is room again' });
    await stop();
  });
});

function canMount(): boolean {
  if (process.getuid?.() !== 0 || process.platform !== 'linux') return false;
  const folder = mkdtempSync(path.join(tmpdir(), 'goalpost-mount-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', folder], { stdio: 'ignore' });
    execFileSync('umount', [folder]);
    return true;
  } catch {
    return false;
  } finally {
    rmSync(folder, { recursive: true });
  }
}
