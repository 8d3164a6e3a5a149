import { createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type LineProxy, openProxy } from './proxy.ts';

const asked: string[] = [];
const server = createServer((request, response) => {
  asked.push(`${request.method} ${request.url}`);
  response.end('x'.repeat(400));
});
let proxy: LineProxy;

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  proxy = await openProxy((server.address() as AddressInfo).port);
});
beforeEach(() => proxy.behave('pass'));
afterAll(async () => {
  await proxy.close();
  server.closeAllConnections();
  server.close();
});

/** What comes back on a line of its own until it ends; `cut` when it ends without a farewell. */
const ask = (path: string, { method = 'GET', untilMs = 1_500 } = {}) =>
  new Promise<{ bytes: number; end: 'whole' | 'cut' | 'open' | 'refused' }>((resolve) => {
    let bytes = 0;
    const line = connect(proxy.port, '127.0.0.1');
    const timer = setTimeout(() => {
      resolve({ bytes, end: 'open' });
      line.destroy();
    }, untilMs);
    const end = (how: 'whole' | 'cut' | 'refused') => {
      clearTimeout(timer);
      resolve({ bytes, end: how });
    };
    line.on('data', (chunk) => {
      bytes += chunk.length;
    });
    line.on('error', (error: NodeJS.ErrnoException) => end(error.code === 'ECONNREFUSED' ? 'refused' : 'cut'));
    line.on('end', () => end('whole'));
    line.write(`${method} ${path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n`);
  });

describe('the proxy', () => {
  it('passes everything until it is told otherwise', async () => {
    const { bytes, end } = await ask('/plain');
    expect([end, bytes > 400]).toEqual(['whole', true]);
  });

  it('lets the request through and nothing of the answer when it resets after the request', async () => {
    await proxy.behave('reset-after-request');
    expect(await ask('/after')).toEqual({ bytes: 0, end: 'cut' });
    expect(asked).toContain('GET /after');
  });

  it('cuts the line in the middle of the answer', async () => {
    await proxy.behave('reset-in-answer');
    const { bytes, end } = await ask('/in');
    expect([end, bytes > 0, bytes < 400]).toEqual(['cut', true, true]);
  });

  it('refuses lines, and takes them again on the same port', async () => {
    await proxy.behave('refuse');
    expect((await ask('/refused')).end).toBe('refused');
    await proxy.behave('pass');
    expect((await ask('/again')).end).toBe('whole');
    expect(asked).not.toContain('GET /refused');
  });

  it('swallows the request whole', async () => {
    await proxy.behave('black-hole');
    expect(await ask('/swallowed', { untilMs: 300 })).toEqual({ bytes: 0, end: 'open' });
    expect(asked).not.toContain('GET /swallowed');
  });

  it('gives the answer out a byte at a time, or late', async () => {
    await proxy.behave('trickle');
    expect(await ask('/trickle', { untilMs: 300 })).toEqual({ bytes: 1, end: 'open' });
    await proxy.behave('latency');
    expect(await ask('/late', { untilMs: 300 })).toEqual({ bytes: 0, end: 'open' });
    expect(asked).toContain('GET /late');
  });

  it('spoils only the requests that are meant, and counts them', async () => {
    const before = proxy.spoiled();
    await proxy.behave('reset-after-request', 'POST /posts ');
    expect((await ask('/posts')).end).toBe('whole');
    expect((await ask('/posts', { method: 'POST' })).end).toBe('cut');
    expect(proxy.spoiled() - before).toBe(1);
  });
});
