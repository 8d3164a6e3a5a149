import { createECDH } from 'node:crypto';
import { createServer, type ServerResponse } from 'node:http';
import { createServer as createRawServer, type Socket } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sendPush } from '#server/features/notices/push/send-push.ts';
import { pingHubs } from '#server/features/page/ping-hubs.ts';
import { readLinkCard } from '#server/features/publishing/engine/read-link-card.ts';
import { createEgress, type Egress, type EgressAnswer } from '#server/platform/egress/index.ts';
import { type Canaries, hostileHosts, resolveHostile, startCanaries } from './hostile-addresses.ts';
import { makeTeam, type TestTeam } from './makers.ts';
import { useServer } from './server.ts';

// Every way by which the product calls an address that somebody else named. A new one belongs here:
// test/fetchers.test.ts notices it.

const server = useServer();
let canaries: Canaries;
let egress: Egress;
let team: TestTeam;
const arrivals = () => canaries.arrivals['127.0.0.1'] + canaries.arrivals['::1'];
const urlsOf = (host: string) => [`http://${host}:${canaries.port}/`, `https://${host}:${canaries.port}/x`];

beforeAll(async () => {
  canaries = await startCanaries();
  egress = createEgress({ ports: [80, 443, canaries.port], connectTimeoutMs: 500, resolve: resolveHostile });
  Object.assign(server.house, { fetch: egress.fetch, http: egress.http });
  team = await makeTeam(server);
});
afterAll(async () => {
  await egress.close();
  canaries.stop();
});

test('the corpus has more than 120 addresses', () => {
  expect(new Set(hostileHosts).size).toBeGreaterThanOrEqual(120);
});

describe('no hostile address is reached', () => {
  test.each(hostileHosts)('%s', async (host) => {
    for (const url of urlsOf(host)) {
      await asPage(url);
      await asConnector(url);
      await asLinkCard(url);
      await asPictureOfACard(url);
      await asHub(url);
      await asPushService(url);
    }
    expect(arrivals()).toBe(0);
  });

  async function asPage(url: string): Promise<void> {
    for (const method of ['GET', 'HEAD', 'POST'] as const)
      expect((await server.house.fetch(url, { method, maxRedirects: 5 })).kind).toBe('egress-refused');
  }
  async function asConnector(url: string): Promise<void> {
    for (const method of ['GET', 'POST', 'DELETE'] as const) {
      const answer = await server.house.http.request({ method, url, json: {}, signal: AbortSignal.timeout(5_000) });
      expect(answer).toMatchObject({ ok: false, failure: { kind: 'refused-by-house', reached: 'no' } });
    }
  }
  async function asLinkCard(url: string): Promise<void> {
    if (!URL.canParse(url)) return;
    const context = { house: server.house, log: server.house.log };
    const card = await readLinkCard(context, { url, maxImageBytes: 1e6, signal: AbortSignal.timeout(5_000) });
    expect(card).toMatchObject({ description: '', image: null });
  }
  async function asPictureOfACard(url: string): Promise<void> {
    const html = `<title>Bread</title><meta property="og:image" content="${url}">`;
    const fetchPage: Egress['fetch'] = (asked, request) =>
      String(asked) === 'https://public.test/' ? Promise.resolve(pageOf(html)) : egress.fetch(asked, request);
    const context = { house: { ...server.house, fetch: fetchPage }, log: server.house.log };
    const signal = AbortSignal.timeout(5_000);
    const card = await readLinkCard(context, { url: 'https://public.test/', maxImageBytes: 1e6, signal });
    expect(card).toMatchObject({ title: 'Bread', image: null });
  }
  async function asHub(url: string): Promise<void> {
    const { house } = server;
    const workspaceId = await openPage();
    const config = { ...house.config, websubHubs: [url] };
    const log = { ...house.log, warn: () => undefined };
    if (!URL.canParse(url)) return;
    await pingHubs.run({ house: { ...house, config }, log, jobId: 'x' }, { workspaceId }).catch(() => undefined);
  }
  async function asPushService(url: string): Promise<void> {
    const keys = createECDH('prime256v1');
    keys.generateKeys();
    const p256dh = keys.getPublicKey().toString('base64url');
    const auth = Buffer.alloc(16, 1).toString('base64url');
    const { client, owner } = team;
    // What is no address is refused when the browser brings it.
    await client.notices.addDevice({ endpoint: url, p256dh, auth, name: 'Hostile' }).catch(() => undefined);
    const message = { title: 'Bread', body: '', url: '/', tag: 'bread', lang: 'en' };
    const context = { house: server.house, log: { ...server.house.log, warn: () => undefined } };
    await sendPush(context, owner.id, message, { urgent: false });
  }
});

let pageWorkspace: Promise<string> | null = null;
/** A workspace with an own page, opened once. */
function openPage(): Promise<string> {
  pageWorkspace ??= team.client.page
    .open({ workspaceId: team.workspaceId, address: 'hostile', title: 'Bread' })
    .then(() => team.workspaceId);
  return pageWorkspace;
}

const pageOf = (html: string): EgressAnswer => ({
  kind: 'answered',
  status: 200,
  headers: {},
  body: new TextEncoder().encode(html),
  url: 'https://public.test/',
  text: () => html,
});

describe('connecting a channel', () => {
  test('to a server at a hostile address is refused in one way for all of them', async () => {
    const { client, workspaceId } = team;
    const channel = await client.channels.create({ workspaceId, network: 'bluesky', name: 'Shop' });
    const said = new Map<string, string>();
    for (const host of hostileHosts) {
      const values = {
        identifier: 'shop.test',
        password: 'abcd-efgh-ijkl-mnop',
        server: `http://${host}:${canaries.port}`,
      };
      await client.channels.connect({ workspaceId, channelId: channel.id, values }).then(
        () => said.set('connected', host),
        (error: { code: string; data?: { problems?: unknown; message?: string } }) =>
          said.set(`${error.code} ${JSON.stringify(error.data?.problems ?? [])} ${error.data?.message}`, host),
      );
    }
    expect(arrivals()).toBe(0);
    // An address that is none, and one that is not called: no third answer tells what is behind.
    expect([...said.keys()].every((each) => /^(connect-refused|network-unavailable|input-invalid) /.test(each))).toBe(
      true,
    );
    expect(said.size).toBeLessThanOrEqual(2);
  });
});

describe('a redirect', () => {
  const passes = [
    { at: '::1', range: '::1/128', watched: '127.0.0.1' },
    { at: '127.0.0.1', range: '127.0.0.1/32', watched: '::1' },
  ] as const;
  test.each(passes)(
    'from a server that may be called ($at) leads to no hostile address',
    async ({ at, range, watched }) => {
      let location = '';
      let status = 302;
      // By hand, because Node's server would not send what an attacker's does.
      const redirector = createRawServer((socket) => {
        socket.on('error', () => undefined);
        socket.on('data', () =>
          socket.write(`HTTP/1.1 ${status} Go\r\nLocation: ${location}\r\nContent-Length: 0\r\n\r\n`),
        );
      });
      await new Promise<void>((done) => redirector.listen(0, at, done));
      const address = redirector.address();
      const start = `http://${at.includes(':') ? `[${at}]` : at}:${typeof address === 'object' ? address?.port : 0}/`;
      const open = createEgress({
        allowedRanges: [range],
        ports: [80, 443, canaries.port],
        connectTimeoutMs: 300,
        // Names that lead to where the redirector is would rightly be called.
        resolve: async () => [{ address: watched, family: watched.includes(':') ? 6 : 4 }],
      });
      const before = canaries.arrivals[watched];
      for (const host of hostileHosts) {
        for (status of [301, 302, 303, 307, 308]) {
          location = `http://${host}:${canaries.port}/`;
          await open.fetch(start, { maxRedirects: 5, timeoutMs: 2_000 });
        }
      }
      for (location of [
        'file:///etc/passwd',
        'gopher://127.0.0.1/',
        'http://u:p@127.0.0.1/',
        'data:,x',
        '//[::ffff:10.0.0.1]/',
      ])
        expect((await open.fetch(start, { maxRedirects: 5 })).kind).toBe('egress-refused');
      expect(canaries.arrivals[watched]).toBe(before);
      await open.close();
      redirector.close();
    },
  );

  test('that a page asks a browser for, by header or markup, is not followed', async () => {
    const { open, origin, close } = await serve((response) => {
      response.writeHead(200, { refresh: `0; url=http://127.0.0.1:${canaries.port}/` });
      response.end(`<meta http-equiv="refresh" content="0; url=http://[::1]:${canaries.port}/">`);
    });
    const before = arrivals();
    expect(await open.fetch(origin, { maxRedirects: 5 })).toMatchObject({ kind: 'answered', status: 200 });
    expect(arrivals()).toBe(before);
    await close();
  });
});

test('settings for proxies in the environment change no way', async () => {
  const names = ['HTTP_PROXY', 'http_proxy', 'HTTPS_PROXY', 'ALL_PROXY'];
  const before = arrivals();
  for (const name of names) process.env[name] = `http://127.0.0.1:${canaries.port}`;
  try {
    const fresh = createEgress({ connectTimeoutMs: 200, resolve: resolveHostile });
    await fresh.fetch('http://public.test/');
    await fresh.fetch('http://192.0.2.1/');
    await fresh.close();
    expect(arrivals()).toBe(before);
  } finally {
    for (const name of names) delete process.env[name];
  }
});

describe('a hostile answer ends in time and within its size', () => {
  const raw: Record<string, (socket: Socket) => void> = {
    'one byte at a time': (socket) => {
      socket.write('HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n');
      const drip = setInterval(() => socket.write('x'), 50);
      socket.on('close', () => clearInterval(drip));
    },
    'headers that never end': (socket) => {
      socket.write('HTTP/1.1 200 OK\r\n');
      const drip = setInterval(() => socket.write(`X-${Math.random()}: ${'y'.repeat(1_000)}\r\n`), 5);
      socket.on('close', () => clearInterval(drip));
    },
    'nothing at all': () => undefined,
    'a length of 10 GB': (socket) => void socket.write('HTTP/1.1 200 OK\r\nContent-Length: 10000000000\r\n\r\nx'),
    'less than it says': (socket) => void socket.end('HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nshort'),
    'two lengths': (socket) =>
      void socket.end('HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 50000\r\n\r\nshort'),
    'a body without an end': (socket) => {
      socket.write('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n');
      const flood = setInterval(() => socket.write(`10000\r\n${'z'.repeat(65_536)}\r\n`), 1);
      socket.on('close', () => clearInterval(flood));
    },
    'a bomb in gzip': (socket) => {
      const bomb = gzipSync(Buffer.alloc(50_000_000));
      socket.write(`HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: ${bomb.byteLength}\r\n\r\n`);
      socket.end(bomb);
    },
    'gzip that is none': (socket) =>
      void socket.end('HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 4\r\n\r\nabcd'),
    'an encoding within an encoding': (socket) =>
      void socket.end('HTTP/1.1 200 OK\r\nContent-Encoding: gzip, gzip\r\nContent-Length: 4\r\n\r\nabcd'),
    'a line break in a header': (socket) => void socket.end('HTTP/1.1 200 OK\r\nX: a\rSet-Cookie: b\r\n\r\n'),
    'no HTTP': (socket) => void socket.end('220 mail.example.org ESMTP\r\n'),
    'a flood of early hints': (socket) => {
      const flood = setInterval(() => socket.write('HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n'), 1);
      socket.on('close', () => clearInterval(flood));
    },
    'an upgrade nobody asked for': (socket) =>
      void socket.end('HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n'),
  };
  test.each(Object.keys(raw))('%s', async (name) => {
    const sockets = new Set<Socket>();
    const listener = createRawServer((socket) => {
      sockets.add(socket);
      socket.on('error', () => undefined);
      socket.once('data', () => raw[name]?.(socket));
    });
    await new Promise<void>((done) => listener.listen(0, '127.0.0.1', done));
    const address = listener.address();
    const url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}/`;
    const open = createEgress({ allowedRanges: ['127.0.0.1/32'] });
    const startedAt = performance.now();
    const page = await open.fetch(url, { timeoutMs: 700, maxBytes: 100_000 });
    const call = await open.http.request({
      method: 'GET',
      url,
      signal: AbortSignal.timeout(5_000),
      timeoutMs: 700,
      maxBytes: 100_000,
    });
    expect(performance.now() - startedAt).toBeLessThan(3_000);
    expect(page).toMatchObject({ kind: 'egress-failed', reached: 'unknown' });
    expect(call).toMatchObject({ ok: false, failure: { reached: 'unknown' } });
    await open.close();
    for (const socket of sockets) socket.destroy();
    listener.close();
  });
});

async function serve(answer: (response: ServerResponse) => void) {
  const listener = createServer((_request, response) => answer(response));
  await new Promise<void>((done) => listener.listen(0, '127.0.0.1', done));
  const address = listener.address();
  const open = createEgress({ allowedRanges: ['127.0.0.1/32'] });
  const close = async () => {
    await open.close();
    listener.closeAllConnections();
    listener.close();
  };
  return { open, origin: `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}/`, close };
}
