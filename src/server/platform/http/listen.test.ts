import { Hono } from 'hono';
import { describe, expect, it } from 'vitest';
import type { HttpEnv } from './call.ts';
import { listen } from './listen.ts';

describe('a server that closes', () => {
  it('lets a running call end, and is closed as soon as it has, though its connection was kept for more', {
    timeout: 10_000,
  }, async () => {
    const { promise: begun, resolve: begin } = Promise.withResolvers<void>();
    const { promise: mayEnd, resolve: end } = Promise.withResolvers<void>();
    const app = new Hono<HttpEnv>().get('/', async (c) => {
      begin();
      await mayEnd;
      return c.text('Bread');
    });
    const listening = await listen(app, { host: '127.0.0.1', port: 0 });
    const asked = fetch(listening.url);
    await begun;
    const closed = listening.close(60_000);
    end();
    expect(await (await asked).text()).toBe('Bread');
    await closed;
    await expect(fetch(listening.url)).rejects.toThrow();
  });
});
