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
    (host) => expect(isOurHost(config.allowedHosts, host)).toBe(true),
  );
  it.each([
    'evil.example',
    'posts.example.evil.example',
    '',
    'localhost.evil.example',
    '10.0.0.1',
    'a b',
    '127.0.0.1.nip.io',
  ])('do not answer as "%s"', (host) => expect(isOurHost(config.allowedHosts, host)).toBe(false));
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
