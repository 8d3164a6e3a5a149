import { networkInterfaces } from 'node:os';
import { describe, expect, it } from 'vitest';
import { readConfig } from '../config/index.ts';
import { Refusal } from '../context/index.ts';
import { assertOwnSite, isOurHost } from './check-arrival.ts';
import { findCaller } from './find-caller.ts';

const config = readConfig({
  GOALPOST_PUBLIC_URL: 'https://posts.example',
  GOALPOST_TRUSTED_PROXIES: '10.0.0.0/8,::1',
  GOALPOST_ALLOWED_HOSTS: 'inside.example',
});
const from = (remote: string, headers: Record<string, string>) => findCaller(config, new Headers(headers), remote);

describe('who calls', () => {
  it('is the other end of the connection, whatever a stranger claims', () => {
    const headers = { host: 'inside.example', 'x-forwarded-for': '1.2.3.4', 'x-forwarded-proto': 'https' };
    expect(from('203.0.113.5', headers)).toMatchObject({ address: '203.0.113.5', secure: false });
    const other = from('203.0.113.5', { host: 'inside.example', 'x-forwarded-host': 'evil.example' });
    expect(other.host).toBe('inside.example');
  });

  it('is the last address that is no trusted proxy, when a trusted proxy tells', () => {
    const headers = { host: 'inside.example', 'x-forwarded-for': '6.6.6.6, 203.0.113.5, 10.1.1.1' };
    expect(from('10.0.0.9', headers).address).toBe('203.0.113.5');
    expect(from('::1', { ...headers, 'x-forwarded-for': '2001:db8::7' }).address).toBe('2001:db8::7');
    expect(from('10.0.0.9', { ...headers, 'x-forwarded-for': 'nonsense' }).address).toBe('10.0.0.9');
    const proto = from('::ffff:10.0.0.9', { ...headers, 'x-forwarded-proto': 'https' });
    expect(proto).toMatchObject({ secure: true, origin: 'https://inside.example' });
  });

  it('is never who the caller says it is, where a proxy writes what is no address', () => {
    const chain = (hops: string) => from('10.0.0.9', { host: 'inside.example', 'x-forwarded-for': hops }).address;
    expect(chain('6.6.6.6, 203.0.113.5:51000')).toBe('203.0.113.5');
    expect(chain('6.6.6.6, [2001:db8::7]:51000, 10.1.1.1')).toBe('2001:db8::7');
    expect(chain('6.6.6.6, unknown')).toBe('10.0.0.9');
    expect(chain('6.6.6.6, unknown, 10.1.1.1')).toBe('10.1.1.1');
    expect(chain('6.6.6.6,')).toBe('10.0.0.9');
    expect(chain('6.6.6.6, 7')).toBe('10.0.0.9');
  });

  it('has used one address, however it was spelt', () => {
    expect(from('203.0.113.5', { host: 'Inside.example:80' }).origin).toBe('http://inside.example');
    expect(from('203.0.113.5', { host: '2130706433:4400' }).origin).toBe('http://127.0.0.1:4400');
  });

  it('comes by https when they ask for the public address, also through a proxy that says nothing', () => {
    expect(from('203.0.113.5', { host: 'Posts.example' })).toMatchObject({
      origin: 'https://posts.example',
      secure: true,
    });
  });
});

describe('our hosts', () => {
  it.each(['posts.example', 'inside.example:8080', 'posts.example.', 'localhost:4400', '127.0.0.1', '[::1]:4400'])(
    'answer as %s',
    (host) => expect(isOurHost(config, host)).toBe(true),
  );
  it.each([
    'evil.example',
    'posts.example.evil.example',
    '',
    'localhost.evil.example',
    '10.0.0.1',
    'a b',
    '127.0.0.1.nip.io',
    'posts.example/evil',
    'evil.example#posts.example',
    'evil@posts.example',
  ])('do not answer as "%s"', (host) => expect(isOurHost(config, host)).toBe(false));

  const inLan = readConfig({ GOALPOST_HOST: '0.0.0.0', GOALPOST_ALLOWED_HOSTS: '192.168.77.77,[fd00:0:0::77]' });
  it.each(['192.168.77.77:4400', '[fd00::77]:4400'])('are addresses that are listed: %s', (host) => {
    expect(isOurHost(inLan, host)).toBe(true);
    expect(isOurHost(config, host)).toBe(false);
  });

  it('are this machine’s own addresses where it listens beyond loopback, and no others', () => {
    const own = Object.values(networkInterfaces()).flatMap((each) => each ?? []);
    for (const { address, family } of own) {
      const host = family === 'IPv6' ? `[${address}]:4400` : `${address}:4400`;
      expect(isOurHost(inLan, host), host).toBe(true);
      expect(isOurHost(config, host), host).toBe(address === '127.0.0.1' || address === '::1');
    }
    for (const host of ['192.0.2.1', '[2001:db8::1]', '0.0.0.0', 'evil.example']) {
      expect(isOurHost(inLan, host), host).toBe(false);
    }
  });
});

describe('a call that changes something', () => {
  const check = (headers: Record<string, string>, method = 'POST') => {
    try {
      assertOwnSite(method, from('203.0.113.5', { host: 'posts.example', ...headers }));
      return 'passed';
    } catch (error) {
      return error instanceof Refusal ? error.code : error;
    }
  };
  it.each([
    { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' },
    { 'sec-fetch-site': 'same-site', origin: 'https://blog.posts.example' },
    { origin: 'https://evil.example' },
    { origin: 'null' },
    { origin: 'http://posts.example' },
  ])('is refused from another site: %o', (headers) => expect(check(headers)).toBe('not-allowed'));
  it.each([{ 'sec-fetch-site': 'same-origin' }, { origin: 'https://posts.example' }, {}])(
    'passes from our own page, or from no page: %o',
    (headers) => expect(check(headers)).toBe('passed'),
  );
  it('is told from one that only reads', () => expect(check({ origin: 'https://evil.example' }, 'GET')).toBe('passed'));
});
