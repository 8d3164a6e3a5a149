import { createAdaptorServer } from '@hono/node-server';
import type { Hono } from 'hono';
import type { HttpEnv } from './call.ts';

/** A server that answers. */
export interface Listening {
  port: number;
  /** By loopback or the host it listens on. */
  url: string;
  /** Takes no more calls, lets the running ones end (at most `graceMs`) and closes. */
  close(graceMs?: number): Promise<void>;
}

/** Listens on a host and port; port 0 chooses a free one. Rejects when the port is taken. */
export async function listen(app: Hono<HttpEnv>, { host, port }: { host: string; port: number }): Promise<Listening> {
  const server = createAdaptorServer({ fetch: app.fetch, overrideGlobalObjects: false });
  if ('keepAliveTimeout' in server) server.keepAliveTimeout = 65_000;
  const closeIdle = () => ('closeIdleConnections' in server ? server.closeIdleConnections() : undefined);
  let isClosing = false;
  // A connection is kept for the next call; once there is none, it would hold up the end.
  server.on('request', (_call, answer) => answer.once('close', () => (isClosing ? closeIdle() : undefined)));
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
  const at = server.address();
  const bound = typeof at === 'object' && at !== null ? at.port : port;
  const name = host === '0.0.0.0' || host === '::' ? 'localhost' : host.includes(':') ? `[${host}]` : host;
  return {
    port: bound,
    url: `http://${name}:${bound}`,
    close: (graceMs = 10_000) =>
      new Promise((resolve) => {
        isClosing = true;
        const all = 'closeAllConnections' in server ? () => server.closeAllConnections() : () => undefined;
        const late = setTimeout(all, graceMs);
        server.close(() => {
          clearTimeout(late);
          resolve();
        });
        closeIdle();
      }),
  };
}
