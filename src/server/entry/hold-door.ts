import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import { StartRefusal } from '#server/platform/db/index.ts';

/** How long a port that is just being given free by an earlier Goalpost is waited for. */
const PATIENCE_MS = 3_000;

/**
 * Takes the port before anything else is started, and answers there that Goalpost is starting (503, `/health` too;
 * `/health/live` says that it lives).
 * Returns what gives the port free for the real server.
 *
 * Throws `StartRefusal` that names the port and the setting when the port cannot be had; it says so when it is a
 * Goalpost that holds it.
 */
export async function holdDoor({ host, port }: { host: string; port: number }): Promise<() => Promise<void>> {
  const startedAt = performance.now();
  for (;;) {
    const server = createServer((request, response) => answer(request.url ?? '/', response));
    try {
      server.listen(port, host);
      await once(server, 'listening');
      return async () => {
        server.close();
        server.closeAllConnections();
        await once(server, 'close');
      };
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? String(error.code) : '';
      if (code !== 'EADDRINUSE' || performance.now() - startedAt > PATIENCE_MS)
        throw await refusalOf(code, error, { host, port });
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }
}

function answer(url: string, response: ServerResponse): void {
  const isAlive = url === '/health/live';
  response.statusCode = isAlive ? 200 : 503;
  response.setHeader('retry-after', '2');
  response.setHeader('cache-control', 'no-store');
  response.setHeader('content-security-policy', "default-src 'none'");
  if (url === '/health' || url.startsWith('/health/') || url.startsWith('/api/')) {
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ ok: isAlive, starting: true }));
    return;
  }
  // A browser that came early comes again by itself.
  response.setHeader('refresh', '2');
  response.setHeader('content-type', 'text/plain; charset=utf-8');
  response.end('Goalpost is starting…\n');
}

async function refusalOf(code: string, error: unknown, at: { host: string; port: number }): Promise<StartRefusal> {
  const { host, port } = at;
  const another = `or choose another port with GOALPOST_PORT (for example ${port + 1 > 65_535 ? 4400 : port + 1}).`;
  if (code === 'EADDRINUSE') {
    const who = (await isGoalpost(at)) ? 'Another Goalpost answers there' : 'Another program listens there';
    return new StartRefusal(`Port ${port} is taken. ${who}: stop it, ${another}`, { cause: error });
  }
  if (code === 'EACCES')
    return new StartRefusal(`This user may not listen on port ${port}. Put a proxy before Goalpost, ${another}`, {
      cause: error,
    });
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND')
    return new StartRefusal(
      `This machine has no address ${host}. Set GOALPOST_HOST to 127.0.0.1, 0.0.0.0 or an address it has.`,
      { cause: error },
    );
  return new StartRefusal(`Goalpost cannot listen on ${host}, port ${port} (${code || error}); ${another}`, {
    cause: error,
  });
}

/** Asks for the health that only a Goalpost tells in its words, be it good or bad. */
async function isGoalpost({ host, port }: { host: string; port: number }): Promise<boolean> {
  const name = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host.includes(':') ? `[${host}]` : host;
  try {
    const response = await fetch(`http://${name}:${port}/health`, { signal: AbortSignal.timeout(1_500) });
    const health: unknown = await response.json();
    return typeof health === 'object' && health !== null && ('workers' in health || 'starting' in health);
  } catch {
    return false;
  }
}
