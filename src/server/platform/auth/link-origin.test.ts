import { request } from 'node:http';
import { describe, expect, it } from 'vitest';
import { useServer } from '#test/server.ts';
import { linkOrigin, mailedLinkOrigin } from './link-origin.ts';

const unset = { publicUrl: 'http://localhost:4400', port: 4400 };
const set = { publicUrl: 'https://posts.example', port: 4400 };

describe('where a mailed link leads', () => {
  it('is the public address where one was set, whatever address was used', () => {
    expect(mailedLinkOrigin(set, { origin: 'http://127.0.0.1:4400', port: 4400 })).toBe('https://posts.example');
    expect(linkOrigin(set, 'http://127.0.0.1:4400')).toBe('https://posts.example');
  });

  it.each([
    ['http://192.168.1.5:4400', 'http://192.168.1.5:4400'],
    ['http://192.168.1.5:4401', 'http://192.168.1.5:4401'],
    ['https://posts.example', 'https://posts.example'],
    ['http://192.168.1.5:9999', 'http://192.168.1.5:4401'],
    ['http://localhost:80', 'http://localhost'],
    ['http://[::1]:9999', 'http://[::1]:4401'],
  ])('is else the address used, at no port but ours or the usual one: %s', (origin, led) => {
    expect(mailedLinkOrigin(unset, { origin, port: 4401 })).toBe(led);
  });
});

describe('somebody else’s password', () => {
  const server = useServer();

  it('cannot be reset to where a made-up Host header leads', async () => {
    const { email } = await server.signUp();
    const body = JSON.stringify({ email });
    const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
    for (const more of [{ host: 'localhost:9999' }, { 'x-forwarded-host': '127.0.0.1:9999' }]) {
      const status = await new Promise((resolve, reject) => {
        const url = new URL('/api/auth/request-password-reset', server.url);
        request(url, { method: 'POST', headers: { ...headers, ...more } }, (answer) =>
          resolve(answer.resume().statusCode),
        )
          .on('error', reject)
          .end(body);
      });
      expect(status).toBe(200);
    }
    await server.settle();
    const { port } = new URL(server.url);
    const origins = server.said.map((text) => /(http\S+)\/reset#/.exec(text)?.[1]);
    expect(origins.sort()).toEqual([`http://127.0.0.1:${port}`, `http://localhost:${port}`]);
  });
});
