import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createRawServer, type Socket } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { createEgress } from './index.ts';

const egress = createEgress({ allowedRanges: ['127.0.0.1/32'], connectTimeoutMs: 500 });
const signal = AbortSignal.timeout(60_000);
let server: Server;
let origin = '';
let answer: (request: IncomingMessage, response: ServerResponse) => void = () => {};
let heard: string[] = [];

beforeAll(async () => {
  server = createServer((request, response) => {
    heard.push(`${request.method} ${request.url}`);
    answer(request, response);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  origin = `http://127.0.0.1:${portOf(server)}`;
});

afterEach(() => {
  heard = [];
});

afterAll(async () => {
  await egress.close();
  server.closeAllConnections();
  server.close();
});

function portOf(listening: { address(): unknown }): number {
  const address = listening.address();
  return typeof address === 'object' && address && 'port' in address ? Number(address.port) : 0;
}

/** A server that speaks no HTTP: it does to the socket what it is told once a request has come in. */
async function withRawServer(act: (socket: Socket) => void, run: (url: string) => Promise<void>): Promise<void> {
  const sockets = new Set<Socket>();
  const raw = createRawServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.once('data', () => act(socket));
  });
  await new Promise<void>((done) => raw.listen(0, '127.0.0.1', done));
  try {
    await run(`http://127.0.0.1:${portOf(raw)}/`);
  } finally {
    for (const socket of sockets) socket.destroy();
    raw.close();
  }
}

describe('fetch', () => {
  test('gives an answer whatever its status, unpacked', async () => {
    answer = (_request, response) => {
      response.writeHead(418, { 'Content-Encoding': 'gzip', 'X-Kind': 'tea' });
      response.end(gzipSync('short and stout'));
    };
    const got = await egress.fetch(`${origin}/pot`);
    expect(got).toMatchObject({ kind: 'answered', status: 418, url: `${origin}/pot`, headers: { 'x-kind': 'tea' } });
    expect(got.kind === 'answered' && got.text()).toBe('short and stout');
  });

  test('reads no more than it was told, however the size is hidden', async () => {
    const bodies: ((response: ServerResponse) => void)[] = [
      (response) => response.writeHead(200, { 'Content-Length': 10_000_000_000 }).flushHeaders(),
      (response) => response.end(Buffer.alloc(300_000)),
      (response) => response.writeHead(200, { 'Content-Encoding': 'gzip' }).end(gzipSync(Buffer.alloc(20_000_000))),
    ];
    for (const body of bodies) {
      answer = (_request, response) => body(response);
      const got = await egress.fetch(origin, { maxBytes: 100_000 });
      expect(got).toMatchObject({ kind: 'egress-failed', reason: 'too-large', reached: 'unknown' });
    }
  });

  test('does not wait longer than it was told for one byte after another', async () => {
    let drip: NodeJS.Timeout | undefined;
    answer = (_request, response) => {
      drip = setInterval(() => response.write('x'), 20);
    };
    const startedMs = performance.now();
    const got = await egress.fetch(origin, { timeoutMs: 200 });
    clearInterval(drip);
    expect(got).toMatchObject({ kind: 'egress-failed', reason: 'timeout', reached: 'unknown' });
    expect(performance.now() - startedMs).toBeLessThan(1_500);
  });

  test('follows no redirect unless told, and not past the number told', async () => {
    answer = (_request, response) => response.writeHead(302, { Location: '/again' }).end();
    expect(await egress.fetch(origin)).toMatchObject({ kind: 'answered', status: 302 });
    expect(heard).toHaveLength(1);
    expect(await egress.fetch(origin, { maxRedirects: 3 })).toMatchObject({ reason: 'too-many-redirects' });
    expect(heard).toHaveLength(1 + 4);
  });

  test.each([
    ['http://10.0.0.1/', 'private-address'],
    ['http://[::ffff:10.0.0.1]/', 'private-address'],
    ['http://2130706434/', 'private-address'],
    ['file:///etc/passwd', 'redirect'],
    ['http://user:password@127.0.0.1/', 'redirect'],
  ])('judges a redirect to %s like a first address', async (location, reason) => {
    for (const status of [301, 302, 303, 307, 308]) {
      answer = (_request, response) => response.writeHead(status, { Location: location }).end();
      expect(await egress.fetch(origin, { maxRedirects: 3 })).toEqual({ kind: 'egress-refused', reason });
    }
  });

  test('takes credentials to no other origin', async () => {
    const seen: (string | undefined)[] = [];
    const other = createServer((request, response) => {
      seen.push(request.headers.authorization, request.headers.cookie, request.headers['x-plain']?.toString());
      response.end();
    });
    await new Promise<void>((done) => other.listen(0, '127.0.0.1', done));
    answer = (_request, response) => response.writeHead(302, { Location: `http://127.0.0.1:${portOf(other)}/` }).end();
    const headers = { Authorization: 'Bearer x', cookie: 'a=b', 'x-plain': 'kept' };
    await egress.fetch(origin, { headers, maxRedirects: 1 });
    other.close();
    expect(seen).toEqual([undefined, undefined, 'kept']);
  });

  test('reaches a named host only for a request that says so', async () => {
    const host = `127.0.0.1:${portOf(server)}`;
    const strict = createEgress({ namedHosts: [host] });
    answer = (_request, response) => response.end('ok');
    expect(await strict.fetch(origin, { toNamedHost: true })).toMatchObject({ kind: 'answered' });
    expect(await strict.fetch(origin)).toEqual({ kind: 'egress-refused', reason: 'private-address' });
    await strict.close();
  });
});

describe('http for connectors', () => {
  test('sends JSON and reads JSON', async () => {
    answer = async (request, response) => {
      const body = (await request.toArray()).join('');
      response
        .setHeader('Set-Cookie', ['a=1', 'b=2'])
        .end(JSON.stringify({ body, type: request.headers['content-type'] }));
    };
    const got = await egress.http.request({ method: 'POST', url: origin, json: { a: 'é' }, signal });
    expect(got.ok && got.response.json()).toEqual({ body: '{"a":"é"}', type: 'application/json' });
    expect(got.ok && got.response.headers['set-cookie']).toBe('a=1, b=2');
    const form = await egress.http.request({ method: 'POST', url: origin, form: { a: 'b c' }, signal });
    expect(form.ok && form.response.json()).toEqual({ body: 'a=b+c', type: 'application/x-www-form-urlencoded' });
    const bytes = { bytes: new Uint8Array([104, 105]), headers: { 'Content-Type': 'image/png' } };
    const upload = await egress.http.request({ method: 'POST', url: origin, ...bytes, signal });
    expect(upload.ok && upload.response.json()).toEqual({ body: 'hi', type: 'image/png' });
  });

  test('gives undefined for a body that is not JSON', async () => {
    answer = (_request, response) => response.end('<html>');
    const got = await egress.http.request({ method: 'GET', url: origin, signal });
    expect(got.ok && got.response.json()).toBeUndefined();
  });

  test('knows that nothing arrived when nobody listens, or the name is unknown, or the house refuses', async () => {
    const unnamed = createEgress({
      resolve: () => Promise.reject(Object.assign(new Error('no such name'), { code: 'ENOTFOUND' })),
    });
    const request = { method: 'POST', json: {}, signal } as const;
    expect(await egress.http.request({ ...request, url: 'http://127.0.0.1:1/' })).toEqual({
      ok: false,
      failure: { kind: 'connect', reached: 'no', detail: 'ECONNREFUSED' },
    });
    expect(await unnamed.http.request({ ...request, url: 'http://unknown.test/' })).toMatchObject({
      failure: { kind: 'connect', reached: 'no', detail: 'ENOTFOUND' },
    });
    expect(await egress.http.request({ ...request, url: 'http://10.0.0.1/' })).toMatchObject({
      failure: { kind: 'refused-by-house', reached: 'no', detail: 'address-not-called' },
    });
    await unnamed.close();
  });

  test.each([
    ['the connection is cut after the request', (socket: Socket) => socket.resetAndDestroy(), 'reset'],
    ['it ends without an answer', (socket: Socket) => socket.end(), 'reset'],
    ['the answer is cut', (socket: Socket) => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{'), 'reset'],
    ['the answer is no HTTP', (socket: Socket) => socket.end('220 mail.example.org ESMTP\r\n'), 'response'],
    ['no answer comes', () => {}, 'timeout'],
  ])('does not know whether it arrived when %s', async (_case, act, kind) => {
    await withRawServer(act, async (url) => {
      const got = await egress.http.request({ method: 'POST', url, json: {}, signal, timeoutMs: 300 });
      expect(got).toMatchObject({ ok: false, failure: { kind, reached: 'unknown' } });
    });
  });

  test('does not know whether it arrived when it is aborted after the write, and knows when before', async () => {
    answer = () => {};
    const late = new AbortController();
    const request = { method: 'POST', url: origin, json: {} } as const;
    const pending = egress.http.request({
      ...request,
      signal: late.signal,
      beforeWrite: () => setTimeout(() => late.abort(), 50),
    });
    expect(await pending).toMatchObject({ failure: { kind: 'aborted', reached: 'unknown' } });
    const early = await egress.http.request({ ...request, signal: AbortSignal.abort() });
    expect(early).toMatchObject({ failure: { kind: 'aborted', reached: 'no' } });
    expect(heard).toHaveLength(1);
  });

  test('writes nothing when `beforeWrite` throws, on a new connection and on a kept one', async () => {
    answer = (_request, response) => response.end('{}');
    const fresh = createEgress({ allowedRanges: ['127.0.0.1/32'] });
    const request = { method: 'POST', url: `${origin}/guarded`, json: {}, signal } as const;
    const beforeWrite = () => {
      throw new Error('too late');
    };
    const failure = { kind: 'guard', reached: 'no' };
    expect(await fresh.http.request({ ...request, beforeWrite })).toMatchObject({ ok: false, failure });
    expect(await fresh.http.request(request)).toMatchObject({ ok: true });
    expect(await fresh.http.request({ ...request, beforeWrite })).toMatchObject({ ok: false, failure });
    expect(await fresh.http.request(request)).toMatchObject({ ok: true });
    expect(heard).toEqual(['POST /guarded', 'POST /guarded']);
    await fresh.close();
  });

  test('runs `beforeWrite` after connecting, not when the request is made', async () => {
    let isConnected = false;
    const slow = createEgress({
      allowedRanges: ['127.0.0.1/32'],
      resolve: async () => {
        await new Promise((done) => setTimeout(done, 100));
        isConnected = true;
        return [{ address: '127.0.0.1', family: 4 }];
      },
    });
    answer = (_request, response) => response.end('{}');
    let wasConnected = false;
    const url = `http://slow.test:${portOf(server)}/`;
    const beforeWrite = () => {
      wasConnected = isConnected;
    };
    await slow.http.request({ method: 'GET', url, signal, beforeWrite });
    expect(wasConnected).toBe(true);
    await slow.close();
  });

  test('does not let a header carry another one', async () => {
    const headers = { 'x-a': 'b\r\nx-injected: yes' };
    const got = await egress.http.request({ method: 'GET', url: origin, headers, signal });
    expect(got).toMatchObject({ ok: false, failure: { reached: 'no' } });
    expect(heard).toEqual([]);
  });
});
