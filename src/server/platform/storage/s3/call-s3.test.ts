import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { S3Source } from '#server/platform/config/index.ts';
import { createEgress, type Egress } from '#server/platform/egress/index.ts';
import { StorageAway } from '../storage.ts';
import { type CallS3, createCallS3, hostOfS3 } from './call-s3.ts';

const SHORT_MS = 150;
/** What it says to each connection; null: nothing, for ever. */
let says: string | null = null;
let connections = 0;
let egress: Egress;
let call: CallS3;
let stop: () => void;

beforeEach(async () => {
  says = null;
  connections = 0;
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    connections += 1;
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('data', () => says !== null && socket.end(says));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const source: S3Source = {
    endpoint: `http://127.0.0.1:${port}`,
    bucket: 'pictures',
    region: 'us-east-1',
    keyId: 'bakery',
    secret: 'secret',
    prefix: '',
    pathStyle: true,
  };
  egress = createEgress({ reachesPublic: false, namedHosts: [hostOfS3(source)] });
  call = createCallS3(source, egress.fetch, { shortMs: SHORT_MS });
  stop = () => {
    for (const socket of sockets) socket.destroy();
    server.close();
  };
});
afterEach(async () => {
  await egress.close();
  stop();
});

const answer = 'HTTP/1.1 200 OK\r\ncontent-length: 0\r\nconnection: close\r\n\r\n';
const head = () => call({ method: 'HEAD', key: 'a/b' });
const took = async (work: () => Promise<unknown>): Promise<number> => {
  const from = performance.now();
  await expect(work()).rejects.toThrow(StorageAway);
  return performance.now() - from;
};

test('a bucket that takes calls and says nothing is away after two waits; then one caller tries, the others know', async () => {
  expect(await took(head)).toBeLessThan(2_000);
  expect(connections).toBe(2);
  const [first, ...others] = await Promise.all([took(head), took(head), took(head)]);
  expect(first).toBeGreaterThanOrEqual(SHORT_MS - 5);
  for (const other of others) expect(other).toBeLessThan(SHORT_MS / 2);
  expect(connections).toBe(3);
  // Back again: the next one who asks finds it out, and all others after it.
  says = answer;
  expect(await head()).toMatchObject({ status: 200 });
  expect(await Promise.all([head(), head()])).toMatchObject([{ status: 200 }, { status: 200 }]);
});

test('who does not wait any longer is not held up, and says nothing of the bucket', async () => {
  const leaving = new AbortController();
  const asked = call({ method: 'GET', key: 'a/b', signal: leaving.signal });
  leaving.abort();
  await expect(asked).rejects.toThrow('abort');
  says = answer;
  expect(await Promise.all([head(), head()])).toMatchObject([{ status: 200 }, { status: 200 }]);
});
