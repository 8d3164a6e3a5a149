import { createServer, type Server } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createEgress, type Egress } from './index.ts';

/** Listens where nothing may ever arrive. */
const canaries: Server[] = [];
let arrivals = 0;
let port = 0;
let egress: Egress;

beforeAll(async () => {
  port = await listen('127.0.0.1', 0);
  await listen('::1', port);
  // The canaries' port is opened, so that only the judgement of addresses stands between.
  egress = createEgress({ ports: [80, 443, port], connectTimeoutMs: 500, resolve: resolveHostile });
});

afterAll(async () => {
  await egress.close();
  for (const server of canaries) server.close();
});

function listen(host: string, wanted: number): Promise<number> {
  const server = createServer((socket) => {
    arrivals++;
    socket.destroy();
  });
  canaries.push(server);
  return new Promise((done, fail) => {
    server.once('error', fail);
    server.listen(wanted, host, () => {
      const address = server.address();
      done(typeof address === 'object' && address ? address.port : 0);
    });
  });
}

/** A name server of an attacker: names lead wherever they say. */
const names: Record<string, string[]> = {
  'loopback.test': ['127.0.0.1'],
  'loopback6.test': ['::1'],
  'mapped.test': ['::ffff:127.0.0.1'],
  'one-private.test': ['93.184.215.14', '127.0.0.1'],
  'private-first.test': ['127.0.0.1', '93.184.215.14'],
  'metadata.internal': ['169.254.169.254'],
  'zone.test': ['fe80::1%lo'],
  'nothing.test': [],
  'nonsense.test': ['not an address'],
  localhost: ['127.0.0.1', '::1'],
  'localhost.': ['127.0.0.1'],
  'sub.localhost': ['127.0.0.1'],
  'xn--lcalhost-54a.test': ['127.0.0.1'],
};

async function resolveHostile(hostname: string) {
  const found = names[hostname] ?? ['127.0.0.1'];
  return found.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
}

const hosts = [
  '127.0.0.1 127.1 127.0.1 2130706433 0x7f000001 0x7f.1 0177.0.0.1 0177.0.0.01 127.0.0.1. 127.255.255.254',
  '0 0.0.0.0 0x0 [::] [::1] [0:0:0:0:0:0:0:1] [0000:0000:0000:0000:0000:0000:0000:0001] [::127.0.0.1] [::7f00:1]',
  '[::ffff:127.0.0.1] [::ffff:7f00:1] [::ffff:0:127.0.0.1] [0:0:0:0:0:ffff:127.0.0.1] [64:ff9b::127.0.0.1] [64:ff9b::7f00:1]',
  '[2002:7f00:1::] [2001:0:7f00:1::] [fe80::1] [fc00::1] [fd00:ec2::254] [ff02::1] [100::1] [2001:db8::1] [5f00::1]',
  '10.0.0.1 172.16.0.1 172.31.255.255 192.168.0.1 100.64.0.1 169.254.169.254 169.254.170.2 198.18.0.1 198.19.255.255',
  '192.0.0.1 192.0.2.1 198.51.100.1 203.0.113.1 224.0.0.1 240.0.0.1 255.255.255.255 2852039166 0xa9fea9fe 025177524776',
  `${Object.keys(names).join(' ')} anything.nip.test ①②⑦.⓪.⓪.① 127。0。0。1 %31%32%37.0.0.1`,
].flatMap((line) => line.split(' '));

describe('no way in', () => {
  test.each(hosts)('http and https to %s reach nothing', async (host) => {
    for (const url of [`http://${host}:${port}/`, `https://${host}:${port}/`, `http://${host}/`]) {
      const answer = await egress.fetch(url);
      expect(answer.kind, url).toBe('egress-refused');
    }
    expect(arrivals).toBe(0);
  });

  test.each([
    'file:///etc/passwd',
    'ftp://127.0.0.1/',
    'gopher://127.0.0.1:6379/_x',
    'data:text/plain,x',
    'javascript:alert(1)',
    'ws://127.0.0.1/',
    'unix:/run/x.sock',
    'blob:http://127.0.0.1/x',
    'http://',
    'http://user@example.org/',
    'http://user:password@example.org/',
    '//127.0.0.1/',
    '',
    'http://exa mple.org/',
    'http://[::1',
    'http://127.0.0.1:99999/',
  ])('%j is not called', async (url) => {
    expect(await egress.fetch(url)).toEqual({ kind: 'egress-refused', reason: 'address-invalid' });
  });

  test.each([22, 25, 5432, 6379, 8080])('a public address is not called on port %i', async (closed) => {
    const strict = createEgress({ resolve: async () => [{ address: '93.184.215.14', family: 4 }] });
    expect(await strict.fetch(`http://public.test:${closed}/`)).toEqual({ kind: 'egress-refused', reason: 'port' });
    await strict.close();
  });

  test("a library's own fetch cannot go round it", async () => {
    egress.installGlobally();
    for (const host of ['127.0.0.1', '[::1]', '[::ffff:127.0.0.1]', 'loopback.test']) {
      const outcome = await fetch(`http://${host}:${port}/`).catch((error: unknown) => error);
      expect(outcome).toMatchObject({ cause: { code: 'EGRESS_REFUSED' } });
    }
    expect(arrivals).toBe(0);
  });

  test('a WebSocket cannot go round it', async () => {
    egress.installGlobally();
    const socket = new WebSocket(`ws://127.0.0.1:${port}/`);
    await new Promise((done) => socket.addEventListener('close', done, { once: true }));
    expect(arrivals).toBe(0);
  });

  test('a name that turns private after it was first asked is refused', async () => {
    let asked = 0;
    const rebinding = createEgress({
      ports: [port],
      connectTimeoutMs: 100,
      // TEST-NET is judged first as the operator's own, so that the first answer passes and leads nowhere.
      allowedRanges: ['192.0.2.1/32'],
      resolve: async () => [{ address: asked++ === 0 ? '192.0.2.1' : '127.0.0.1', family: 4 }],
    });
    expect(await rebinding.fetch(`http://flip.test:${port}/`, { timeoutMs: 400 })).toMatchObject({
      kind: 'egress-failed',
      reached: 'no',
    });
    expect(asked).toBe(1);
    expect(await rebinding.fetch(`http://flip.test:${port}/`)).toEqual({
      kind: 'egress-refused',
      reason: 'private-address',
    });
    expect(arrivals).toBe(0);
    await rebinding.close();
  });
});

test('the canaries do hear a call that is allowed', async () => {
  const open = createEgress({ allowedRanges: ['127.0.0.0/8', '::1/128'] });
  const before = arrivals;
  await open.fetch(`http://127.0.0.1:${port}/`);
  await open.fetch(`http://[::1]:${port}/`);
  expect(arrivals).toBeGreaterThanOrEqual(before + 2);
  await open.close();
});
