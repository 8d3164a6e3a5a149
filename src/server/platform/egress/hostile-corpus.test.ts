import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Canaries, hostileHosts, resolveHostile, startCanaries } from '#test/hostile-addresses.ts';
import { createEgress, type Egress } from './index.ts';

/** Listens where nothing may ever arrive. */
let canaries: Canaries;
let port = 0;
let egress: Egress;
const arrivals = () => canaries.arrivals['127.0.0.1'] + canaries.arrivals['::1'];

beforeAll(async () => {
  canaries = await startCanaries();
  port = canaries.port;
  // The canaries' port is opened, so that only the judgement of addresses stands between.
  egress = createEgress({ ports: [80, 443, port], connectTimeoutMs: 500, resolve: resolveHostile });
});

afterAll(async () => {
  await egress.close();
  canaries.stop();
});

describe('no way in', () => {
  test.each(hostileHosts)('http and https to %s reach nothing', async (host) => {
    for (const url of [`http://${host}:${port}/`, `https://${host}:${port}/`, `http://${host}/`]) {
      const answer = await egress.fetch(url);
      expect(answer.kind, url).toBe('egress-refused');
    }
    expect(arrivals()).toBe(0);
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
    expect(arrivals()).toBe(0);
  });

  test('a WebSocket cannot go round it', async () => {
    egress.installGlobally();
    const socket = new WebSocket(`ws://127.0.0.1:${port}/`);
    await new Promise((done) => socket.addEventListener('close', done, { once: true }));
    expect(arrivals()).toBe(0);
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
    expect(arrivals()).toBe(0);
    await rebinding.close();
  });
});

test('the canaries do hear a call that is allowed', async () => {
  const open = createEgress({ allowedRanges: ['127.0.0.0/8', '::1/128'] });
  const before = arrivals();
  await open.fetch(`http://127.0.0.1:${port}/`);
  await open.fetch(`http://[::1]:${port}/`);
  expect(arrivals()).toBeGreaterThanOrEqual(before + 2);
  await open.close();
});
