import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { type AddressInfo, connect, createServer } from 'node:net';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { S3Source } from '#server/platform/config/index.ts';
import { createEgress, type Egress } from '#server/platform/egress/index.ts';
import { hasS3Server, type S3Server, startS3Server } from '#test/servers/s3/index.ts';
import { createS3Storage, hostOfS3, type Storage, StorageAway } from '../index.ts';
import { bucketUrl } from './call-s3.ts';
import { PIECE_BYTES } from './put-in-parts.ts';

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

describe.skipIf(!hasS3Server())('a real S3 server', () => {
  let server: S3Server;
  let egress: Egress;
  let storage: Storage;
  const at = (source: Partial<S3Source>): Storage => createS3Storage({ ...server.source, ...source }, egress.fetch);

  beforeAll(async () => {
    server = await startS3Server();
    egress = createEgress({ reachesPublic: false, namedHosts: [hostOfS3(server.source), 'localhost:9'] });
    storage = createS3Storage(server.source, egress.fetch);
  });
  afterAll(async () => {
    await egress?.close();
    await server?.remove();
  });

  test('gives back what was put, whole and by ranges', async () => {
    const bytes = new TextEncoder().encode('0123456789');
    await storage.put('w1/m1/original', bytes, { mime: 'image/webp' });
    const file = await storage.get('w1/m1/original');
    expect(file).toMatchObject({ sizeBytes: 10, mime: 'image/webp' });
    expect(await file?.bytes()).toEqual(bytes);
    const piece = await file?.stream({ start: 2, end: 4 }).toArray();
    expect(Buffer.concat(piece ?? []).toString()).toBe('234');
  });

  test('keeps a large file in parts, from a stream and from bytes, the same to the last byte', async () => {
    const bytes = randomBytes(2 * PIECE_BYTES + 12_345);
    const cut = [bytes.subarray(0, 100), bytes.subarray(100, PIECE_BYTES + 7), bytes.subarray(PIECE_BYTES + 7)];
    await storage.put('large/stream', Readable.from(cut), { mime: 'video/mp4' });
    const file = await storage.get('large/stream');
    expect(file).toMatchObject({ sizeBytes: bytes.byteLength, mime: 'video/mp4' });
    expect(sha256((await file?.bytes()) ?? new Uint8Array())).toBe(sha256(bytes));
    const across = await file?.stream({ start: PIECE_BYTES - 3, end: PIECE_BYTES + 2 }).toArray();
    expect(Buffer.concat(across ?? [])).toEqual(Buffer.from(bytes.subarray(PIECE_BYTES - 3, PIECE_BYTES + 3)));
    await storage.put('large/bytes', bytes.subarray(0, PIECE_BYTES), { mime: 'video/mp4' });
    expect((await storage.get('large/bytes'))?.sizeBytes).toBe(PIECE_BYTES);
  });

  test('is read in small pieces for whom it is served to: one who stalls holds two, one who has gone none', async () => {
    const bytes = randomBytes(3 * 1024 * 1024);
    await storage.put('large/slow', bytes, { mime: 'video/mp4' });
    let [asked, ended] = [0, 0];
    const counting: Egress['fetch'] = async (url, request) => {
      if (request?.method === 'GET') asked += 1;
      const answer = await egress.fetch(url, request);
      if (request?.method === 'GET') ended += 1;
      return answer;
    };
    const file = await createS3Storage(server.source, counting).get('large/slow');
    const stalled = file?.stream();
    await once(stalled ?? new Readable(), 'readable');
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(asked).toBe(1);
    stalled?.destroy();
    const gone = file?.stream();
    gone?.read();
    await expect.poll(() => asked).toBe(2);
    gone?.destroy();
    await expect.poll(() => ended).toBe(2);
    const read = Buffer.concat((await file?.stream().toArray()) ?? []);
    expect(sha256(read)).toBe(sha256(bytes));
    expect(asked).toBe(2 + 12);
  });

  test('leaves the old file when a stream breaks off', async () => {
    await storage.put('a/b', new Uint8Array(3), { mime: 'x/1' });
    const broken = Readable.from(
      (async function* () {
        yield new Uint8Array(PIECE_BYTES);
        yield new Uint8Array(PIECE_BYTES);
        throw new Error('gone');
      })(),
    );
    await expect(storage.put('a/b', broken, { mime: 'x/2' })).rejects.toThrow('gone');
    expect(await storage.get('a/b')).toMatchObject({ mime: 'x/1', sizeBytes: 3 });
  });

  test('lists by prefix, replaces, deletes as often as one likes, keeps nothing', async () => {
    const folder = '0193a1b2-0000-7000-8000-000000000001/0193a1b2-0000-7000-8000-000000000002/';
    const [a, b] = [`${folder}a`, `${folder}b`];
    await storage.put(a, new Uint8Array(1), { mime: 'x/1' });
    await storage.put(a, new Uint8Array(2), { mime: 'x/2' });
    await storage.put(b, new Uint8Array(0), { mime: 'x/1' });
    const found = await Array.fromAsync(storage.list(folder), ({ key, sizeBytes }) => ({ key, sizeBytes }));
    expect(found).toEqual([
      { key: a, sizeBytes: 2 },
      { key: b, sizeBytes: 0 },
    ]);
    expect(await (await storage.get(b))?.bytes()).toEqual(new Uint8Array());
    // Another program's, in the same bucket.
    await storage.put('uploads/2024/a.jpg', new Uint8Array(1), { mime: 'x/1' });
    expect(await Array.fromAsync(storage.list('uploads/'))).toEqual([]);
    await storage.delete(a);
    await storage.delete(a);
    expect(await storage.get(a)).toBeNull();
    expect(await storage.exists(a)).toBe(false);
  });

  test.each(['', '../secret', 'a//b', 'A/b', 'a/.hidden'])('has no file under %j', async (key) => {
    await expect(storage.get(key)).rejects.toThrow('not a key');
    await expect(storage.put(key, new Uint8Array(1), { mime: 'x/y' })).rejects.toThrow('not a key');
  });

  test('says that it is away, and why, instead of that a file is missing', async () => {
    const said = (it: Storage) => it.get('w1/m1/original').catch((error: unknown) => error);
    const wrong = await said(at({ secret: 'wrong' }));
    expect(wrong).toBeInstanceOf(StorageAway);
    expect(wrong).toMatchObject({ code: 'STORAGE_AWAY', said: '403' });
    await expect(at({ bucket: 'nowhere' }).get('a/b')).rejects.toMatchObject({ said: 'NoSuchBucket' });
    const wrongPut = at({ secret: 'wrong' }).put('a/b', new Uint8Array(1), { mime: 'x/y' });
    await expect(wrongPut).rejects.toMatchObject({ said: 'SignatureDoesNotMatch' });
    await expect(at({ endpoint: 'http://localhost:9' }).get('a/b')).rejects.toMatchObject({ said: 'ECONNREFUSED' });
  });

  test('goes on by itself when the line breaks a few times', async () => {
    let broken = 0;
    const { port } = new URL(server.source.endpoint);
    const line = createServer((socket) => {
      socket.on('error', () => undefined);
      broken += 1;
      if (broken <= 3) {
        socket.destroy();
        return;
      }
      const on = connect(Number(port), '127.0.0.1');
      on.on('error', () => undefined);
      socket.pipe(on).pipe(socket);
    }).listen(0, '127.0.0.1');
    await once(line, 'listening');
    const { port: own } = line.address() as AddressInfo;
    const source = { ...server.source, endpoint: `http://127.0.0.1:${own}` };
    const way = createEgress({ reachesPublic: false, namedHosts: [hostOfS3(source)] });
    expect(await createS3Storage(source, way.fetch).get('w1/m1/original')).toMatchObject({ sizeBytes: 10 });
    expect(broken).toBe(4);
    await way.close();
    line.close();
  });
});

test('puts the bucket where the server wants it', () => {
  const source = { endpoint: 'https://s3.example.org', bucket: 'pictures', pathStyle: true } as S3Source;
  expect(bucketUrl(source).href).toBe('https://s3.example.org/pictures/');
  expect(bucketUrl({ ...source, pathStyle: false }).href).toBe('https://pictures.s3.example.org/');
  expect(hostOfS3({ ...source, pathStyle: false })).toBe('pictures.s3.example.org:443');
  expect(hostOfS3({ ...source, endpoint: 'http://[::1]:9000' })).toBe('::1:9000');
});
