import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import path from 'node:path';
import type { S3Source } from '#server/platform/config/index.ts';
import { createEgress } from '#server/platform/egress/index.ts';
import { createCallS3, hostOfS3 } from '#server/platform/storage/s3/call-s3.ts';
import { findFreePort } from '#test/find-free-port.ts';

/** A real S3 server on loopback with one empty bucket: OpenStack Swift as Debian ships it. */
export interface S3Server {
  source: S3Source;
  /** The same as settings, without the prefix of their names. */
  settings: Record<string, string>;
  /** Ends it; what it keeps stays. */
  stop(): Promise<void>;
  /** Starts it again at the same port; nothing while it runs. */
  start(): Promise<void>;
  /** Ends it and removes its files. */
  remove(): Promise<void>;
}

/** Whether Debian's Swift is on this machine. */
export const hasS3Server = (): boolean =>
  ['/usr/bin/swift-proxy-server', '/usr/bin/swift-object-server', '/usr/bin/memcached'].every((it) => existsSync(it));

/** Starts one and makes a bucket in it. */
export async function startS3Server(): Promise<S3Server> {
  const folder = mkdtempSync(path.join(tmpdir(), 'goalpost-s3-'));
  const [port, memcachedPort] = [await findFreePort(), await findFreePort()];
  const source: S3Source = {
    endpoint: `http://127.0.0.1:${port}`,
    bucket: 'pictures',
    region: 'us-east-1',
    keyId: 'test:tester',
    secret: 'testing',
    prefix: 'of-goalpost/',
    pathStyle: true,
  };
  let running: ChildProcess[] = [];
  const stop = async () => {
    const ending = running.filter((child) => child.exitCode === null && child.signalCode === null);
    running = [];
    await Promise.all(ending.map((child) => [once(child, 'exit'), child.kill('SIGKILL')][0]));
  };
  const start = async () => {
    if (running.length > 0) return;
    // Under our own account: one that changes it no longer dies with us.
    const words = ['-l', '127.0.0.1', '-p', String(memcachedPort), '-U', '0', '-u', userInfo().username, '-m', '16'];
    const memcached = spawn('setpriv', ['--pdeathsig', 'KILL', 'memcached', ...words], { stdio: 'ignore' });
    const args = [folder, String(port), String(memcachedPort), 'test_tester', source.secret];
    const swift = spawn('/usr/bin/python3', [path.join(import.meta.dirname, 'serve.py'), ...args], {
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    running = [swift, memcached];
    await untilReady(swift).catch(async (error: unknown) => {
      await stop();
      throw error;
    });
  };
  await start();
  await makeBucket(source);
  const { endpoint, bucket, keyId, secret, prefix } = source;
  return {
    source,
    settings: { S3_ENDPOINT: endpoint, S3_BUCKET: bucket, S3_KEY_ID: keyId, S3_SECRET: secret, S3_PREFIX: prefix },
    stop,
    start,
    async remove() {
      await stop();
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

async function untilReady(swift: ChildProcess): Promise<void> {
  let complaint = '';
  swift.stderr?.on('data', (chunk: Buffer) => {
    complaint = (complaint + chunk.toString()).slice(-4_000);
  });
  const ended = once(swift, 'exit').then(() => {
    throw new Error(`Swift ended: ${complaint}`);
  });
  await Promise.race([once(swift.stdout ?? swift, 'data'), ended]);
}

async function makeBucket(source: S3Source): Promise<void> {
  const egress = createEgress({ reachesPublic: false, namedHosts: [hostOfS3(source)] });
  try {
    await createCallS3(source, egress.fetch)({ method: 'PUT' });
  } finally {
    await egress.close();
  }
}
